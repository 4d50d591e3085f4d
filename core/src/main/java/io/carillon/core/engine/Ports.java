package io.carillon.core.engine;

/** What stands behind every port that a node needs; made once at start. */
public record Ports(
    ChannelLog log,
    PresenceStore presence,
    Occupancy occupancy,
    ControlBus control,
    SignalBus signals,
    Archive archive,
    SchemaCheck schemas) {

  /** An engine alone, on which no channel can be archived and no schema checked. */
  public Ports(
      ChannelLog log,
      PresenceStore presence,
      Occupancy occupancy,
      ControlBus control,
      SignalBus signals) {
    this(log, presence, occupancy, control, signals, Archive.NONE, SchemaCheck.NONE);
  }

  public Ports withLog(ChannelLog other) {
    return new Ports(other, presence, occupancy, control, signals, archive, schemas);
  }

  public Ports withPresence(PresenceStore other) {
    return new Ports(log, other, occupancy, control, signals, archive, schemas);
  }

  public Ports withControl(ControlBus other) {
    return new Ports(log, presence, occupancy, other, signals, archive, schemas);
  }

  public Ports withArchive(Archive other) {
    return new Ports(log, presence, occupancy, control, signals, other, schemas);
  }

  public Ports withSchemas(SchemaCheck other) {
    return new Ports(log, presence, occupancy, control, signals, archive, other);
  }
}
