package io.carillon.core.engine;

/** One engine's answer to every port that a node needs; made once at start. */
public record Ports(
    ChannelLog log, PresenceStore presence, Occupancy occupancy, ControlBus control) {}
