package io.carillon.core.hub;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What one turn of a lane leaves to do. Confined to the lane. */
final class Turn {
  /** Whoever was offered something. */
  final List<Recipient> touched = new ArrayList<>();

  /** Whoever could not take its signals yet. */
  final Set<Subscriber> late = new LinkedHashSet<>();
}
