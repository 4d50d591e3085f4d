package io.carillon.acceptance.harness;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;
import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/**
 * A TCP client whose machine can go away: from {@link #vanish} on its kernel takes no packet of the
 * connection any more, so it neither acknowledges nor resets. A filter that drops everything does
 * that (socket(7), {@code SO_ATTACH_FILTER}), which Java cannot set; hence the calls of libc, of
 * Linux. Confined to the test.
 */
public final class VanishingClient implements AutoCloseable {
  private static final int AF_INET = 2;
  private static final int SOCK_STREAM = 1;
  private static final int SOL_SOCKET = 1;
  private static final int SO_RCVTIMEO = 20;
  private static final int SO_ATTACH_FILTER = 26;
  private static final int ADDRESS_BYTES = 16;
  private static final int TIME_BYTES = 16;
  private static final long READ_BYTES = 4_096;

  /** {@code BPF_RET | BPF_K}: how much of the packet is kept; the operand is 0. */
  private static final short DROP = 6;

  private static final int PROGRAM_BYTES = 16;
  private static final int STEP_BYTES = 8;

  private final Arena arena = Arena.ofConfined();
  private final int socket;

  private VanishingClient(int socket) {
    this.socket = socket;
  }

  /** Connects to a server of this machine. */
  public static VanishingClient connect(URI server) {
    int socket = (int) call("socket", AF_INET, SOCK_STREAM, 0);
    VanishingClient client = new VanishingClient(socket);
    MemorySegment address = client.arena.allocate(ADDRESS_BYTES, Long.BYTES);
    address.set(JAVA_SHORT, 0, (short) AF_INET);
    // the port and the address are in the network's order
    address.asByteBuffer().putShort(2, (short) server.getPort()).put(4, new byte[] {127, 0, 0, 1});
    call("connect", socket, address, ADDRESS_BYTES);
    MemorySegment patience = client.arena.allocate(TIME_BYTES, Long.BYTES);
    patience.set(JAVA_LONG, 0, Deadline.DEFAULT.toSeconds());
    call("setsockopt", socket, SOL_SOCKET, SO_RCVTIMEO, patience, TIME_BYTES);
    return client;
  }

  public void send(String text) {
    byte[] bytes = text.getBytes(ISO_8859_1);
    MemorySegment buffer = arena.allocate(bytes.length);
    buffer.copyFrom(MemorySegment.ofArray(bytes));
    call("write", socket, buffer, (long) bytes.length);
  }

  /** Reads until this has come. */
  public void await(String text) {
    MemorySegment buffer = arena.allocate(READ_BYTES);
    StringBuilder heard = new StringBuilder();
    while (heard.indexOf(text) < 0) {
      long read = call("read", socket, buffer, READ_BYTES);
      if (read == 0) {
        throw new AssertionError("no " + text + " in " + heard);
      }
      heard.append(new String(buffer.asSlice(0, read).toArray(JAVA_BYTE), ISO_8859_1));
    }
  }

  /** From now on the machine is not there. */
  public void vanish() {
    MemorySegment step = arena.allocate(STEP_BYTES, Long.BYTES);
    step.set(JAVA_SHORT, 0, DROP);
    MemorySegment program = arena.allocate(PROGRAM_BYTES, Long.BYTES);
    program.set(JAVA_SHORT, 0, (short) 1);
    program.set(ADDRESS, Long.BYTES, step);
    call("setsockopt", socket, SOL_SOCKET, SO_ATTACH_FILTER, program, PROGRAM_BYTES);
  }

  @Override
  public void close() {
    call("close", socket);
    arena.close();
  }

  /** Of libc: numbers and addresses as they are given; below 0 it failed. */
  @SuppressWarnings("restricted")
  private static long call(String function, Object... arguments) {
    List<MemoryLayout> layouts = new ArrayList<>();
    for (Object argument : arguments) {
      layouts.add(
          switch (argument) {
            case Integer number -> JAVA_INT;
            case Long number -> JAVA_LONG;
            default -> ADDRESS;
          });
    }
    boolean isLong = function.equals("read") || function.equals("write");
    FunctionDescriptor shape =
        FunctionDescriptor.of(isLong ? JAVA_LONG : JAVA_INT, layouts.toArray(MemoryLayout[]::new));
    Linker linker = Linker.nativeLinker();
    MethodHandle handle =
        linker.downcallHandle(linker.defaultLookup().findOrThrow(function), shape);
    long result;
    try {
      result = ((Number) handle.invokeWithArguments(arguments)).longValue();
    } catch (Throwable e) {
      throw new AssertionError(function, e);
    }
    if (result < 0) {
      throw new AssertionError(function + " failed");
    }
    return result;
  }
}
