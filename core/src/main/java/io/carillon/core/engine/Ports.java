package io.carillon.core.engine;

/** What stands behind every port that a node needs; made once at start. */
public record Ports(
    ChannelLog log,
    PresenceStore presence,
    Occupancy occupancy,
    ControlBus control,
    SignalBus signals,
    Counters counters,
    Archive archive,
    SchemaCheck schemas) {

  /** An engine alone, that shares no budgets, archives no channel and checks no schema. */
  public Ports(
      ChannelLog log,
      PresenceStore presence,
      Occupancy occupancy,
      ControlBus control,
      SignalBus signals) {
    this(log, presence, occupancy, control, signals, Counters.NONE, Archive.NONE, SchemaCheck.NONE);
  }

  public Ports withLog(ChannelLog other) {
    return new Ports(other, presence, occupancy, control, signals, counters, archive, schemas);
  }

  public Ports withPresence(PresenceStore other) {
    return new Ports(log, other, occupancy, control, signals, counters, archive, schemas);
  }

  public Ports withControl(ControlBus other) {
    return new Ports(log, presence, occupancy, other, signals, counters, archive, schemas);
  }

  public Ports withCounters(Counters other) {
    return new Ports(log, presence, occupancy, control, signals, other, archive, schemas);
  }

  public Ports withArchive(Archive other) {
    return new Ports(log, presence, occupancy, control, signals, counters, other, schemas);
  }

  public Ports withSchemas(SchemaCheck other) {
    return new Ports(log, presence, occupancy, control, signals, counters, archive, other);
  }
}
