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
    SchemaCheck schemas,
    Inquiries inquiries) {

  /**
   * An engine alone, that shares no budgets, archives no channel, checks no schema and asks nobody.
   */
  public Ports(
      ChannelLog log,
      PresenceStore presence,
      Occupancy occupancy,
      ControlBus control,
      SignalBus signals) {
    this(
        log,
        presence,
        occupancy,
        control,
        signals,
        Counters.NONE,
        Archive.NONE,
        SchemaCheck.NONE,
        Inquiries.NONE);
  }

  public Ports withLog(ChannelLog other) {
    return new Ports(
        other, presence, occupancy, control, signals, counters, archive, schemas, inquiries);
  }

  public Ports withPresence(PresenceStore other) {
    return new Ports(
        log, other, occupancy, control, signals, counters, archive, schemas, inquiries);
  }

  public Ports withControl(ControlBus other) {
    return new Ports(
        log, presence, occupancy, other, signals, counters, archive, schemas, inquiries);
  }

  public Ports withCounters(Counters other) {
    return new Ports(
        log, presence, occupancy, control, signals, other, archive, schemas, inquiries);
  }

  public Ports withArchive(Archive other) {
    return new Ports(
        log, presence, occupancy, control, signals, counters, other, schemas, inquiries);
  }

  public Ports withSchemas(SchemaCheck other) {
    return new Ports(
        log, presence, occupancy, control, signals, counters, archive, other, inquiries);
  }

  public Ports withInquiries(Inquiries other) {
    return new Ports(log, presence, occupancy, control, signals, counters, archive, schemas, other);
  }
}
