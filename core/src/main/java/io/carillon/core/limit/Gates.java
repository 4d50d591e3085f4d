package io.carillon.core.limit;

import io.carillon.core.error.Problem;
import io.carillon.core.limit.Gate.Counted;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The budgets that stand between one key, or an application's own account, and its channels.
 * Immutable; thread-safe.
 */
public final class Gates {
  private final Gate[] all;
  private final Gate[] told;
  private final String policy;

  Gates(List<Gate> gates) {
    this.all = gates.toArray(Gate[]::new);
    this.told = gates.stream().filter(gate -> !gate.traits().name().isEmpty()).toArray(Gate[]::new);
    this.policy = List.of(told).stream().map(Gates::policyOf).collect(Collectors.joining(", "));
  }

  private static String policyOf(Gate gate) {
    boolean bytes = gate.traits().counted() == Counted.BYTES;
    return "\""
        + gate.traits().name()
        + "\";q="
        + gate.traits().perSecond()
        + (bytes ? ";qu=\"content-bytes\"" : "")
        + ";w=1";
  }

  /** Takes from all or from none; why not now, or null. */
  @Nullable Problem take(int messages, long bytes) {
    for (int i = 0; i < all.length; i++) {
      long wait = all[i].take(messages, bytes);
      if (wait != 0) {
        for (int taken = 0; taken < i; taken++) {
          all[taken].giveBack(messages, bytes);
        }
        return all[i].refusal(wait);
      }
    }
    return null;
  }

  /** Whether there is one that may be told of. */
  public boolean isTold() {
    return told.length > 0;
  }

  /** What is allowed, as the field {@code RateLimit-Policy} says it. */
  public String policy() {
    return policy;
  }

  /** About how much is left, as the field {@code RateLimit} says it. */
  public String state() {
    StringBuilder state = new StringBuilder(told.length * 24);
    for (Gate gate : told) {
      state.append(state.isEmpty() ? "\"" : ", \"");
      state.append(gate.traits().name()).append("\";r=").append(gate.purse().left());
      state.append(";t=1");
    }
    return state.toString();
  }

  /** About how much of the budget of this name is left now, or null when there is none. */
  public @Nullable Long left(String name) {
    for (Gate gate : told) {
      if (gate.traits().name().equals(name)) {
        return gate.purse().left();
      }
    }
    return null;
  }
}
