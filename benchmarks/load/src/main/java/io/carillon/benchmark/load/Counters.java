package io.carillon.benchmark.load;

/**
 * What a load has seen so far. Immutable.
 *
 * @param nanos when, by {@link System#nanoTime}
 * @param delivered messages that subscribers got
 * @param accepted requests that were answered with success
 * @param refused requests that were not
 * @param open connections that are subscribed now
 * @param lost connections that ended by themselves
 * @param loss why the last one did, or what the last refusal said
 */
public record Counters(
    long nanos, long delivered, long accepted, long refused, int open, int lost, String loss) {}
