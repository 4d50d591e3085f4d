package io.carillon.core.meter;

/**
 * What connections were handed. Immutable.
 *
 * @param messages once for each connection
 * @param bytes of frames
 */
public record Delivered(long messages, long bytes) {}
