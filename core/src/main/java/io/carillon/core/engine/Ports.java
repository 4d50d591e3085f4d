package io.carillon.core.engine;

/** What stands behind every port that a node needs; made once at start. */
public record Ports(
    ChannelLog log,
    PresenceStore presence,
    Occupancy occupancy,
    ControlBus control,
    Archive archive,
    SchemaCheck schemas) {

  /** An engine alone, on which no channel can be archived. */
  public Ports(ChannelLog log, PresenceStore presence, Occupancy occupancy, ControlBus control) {
    this(log, presence, occupancy, control, Archive.NONE);
  }

  /** A node's ports without a check of schemas. */
  public Ports(
      ChannelLog log,
      PresenceStore presence,
      Occupancy occupancy,
      ControlBus control,
      Archive archive) {
    this(log, presence, occupancy, control, archive, SchemaCheck.NONE);
  }

  public Ports withArchive(Archive archive) {
    return new Ports(log, presence, occupancy, control, archive, schemas);
  }

  public Ports withSchemas(SchemaCheck schemas) {
    return new Ports(log, presence, occupancy, control, archive, schemas);
  }
}
