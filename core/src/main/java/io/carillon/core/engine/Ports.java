package io.carillon.core.engine;

/** What stands behind every port that a node needs; made once at start. */
public record Ports(
    ChannelLog log,
    PresenceStore presence,
    Occupancy occupancy,
    ControlBus control,
    Archive archive) {

  /** An engine alone, on which no channel can be archived. */
  public Ports(ChannelLog log, PresenceStore presence, Occupancy occupancy, ControlBus control) {
    this(log, presence, occupancy, control, Archive.NONE);
  }

  public Ports withArchive(Archive archive) {
    return new Ports(log, presence, occupancy, control, archive);
  }
}
