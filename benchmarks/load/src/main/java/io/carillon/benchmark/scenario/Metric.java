package io.carillon.benchmark.scenario;

/** What a figure says. */
public enum Metric {
  DELIVERIES_PER_CPU_SECOND("deliveries per server CPU second", "/s", Better.MORE),
  DELIVERIES_PER_EDGE_SECOND("deliveries per CPU second of the edges alone", "/s", Better.MORE),
  DELIVERIES_PER_SECOND("deliveries per second", "/s", Better.MORE),
  MESSAGES_PER_CPU_SECOND("messages per server CPU second", "/s", Better.MORE),
  MESSAGES_PER_SECOND("messages per second", "/s", Better.MORE),
  REQUESTS_PER_CPU_SECOND("requests per server CPU second", "/s", Better.MORE),
  REQUESTS_PER_SECOND("requests per second", "/s", Better.MORE),
  CONNECTIONS_PER_CPU_SECOND("connections per server CPU second", "/s", Better.MORE),
  CONNECTIONS_PER_SECOND("connections per second", "/s", Better.MORE),
  SUBSCRIPTIONS_PER_CPU_SECOND("subscriptions per server CPU second", "/s", Better.MORE),
  SUBSCRIPTIONS_PER_SECOND("subscriptions per second", "/s", Better.MORE),
  JOINS_PER_CPU_SECOND(
      "joins that members were told of, each with its leave, per server CPU second",
      "/s",
      Better.MORE),
  JOINS_PER_SECOND("joins that members were told of per second", "/s", Better.MORE),
  TOLD("share of the joins that members were told of", "", Better.MORE),
  BYTES_PER_SUBSCRIPTION("resident bytes per subscription", "B", Better.LESS),
  BYTES_PER_CHANNEL("resident bytes per channel with one subscription", "B", Better.LESS),
  BYTES_PER_CONNECTION("resident bytes per connection", "B", Better.LESS),
  BYTES_EMPTY("resident bytes of the empty server", "B", Better.LESS),
  P99("p99 at half of its saturation", "ms", Better.LESS),
  P99_BESIDE("p99 beside a flood", "ms", Better.LESS),
  P99_BEFORE("p99 before it", "ms", Better.LESS),
  P99_RATIO("the one by the other", "", Better.LESS),
  REFUSED_PER_SECOND("refusals per second", "/s", Better.MORE),
  P50("p50", "ms", Better.LESS),
  LONGEST("longest", "ms", Better.LESS),
  RATE("publishes per second at that", "/s", Better.MORE),
  SECONDS("seconds", "s", Better.LESS),
  SERVER_CORES("cores used by the server", "", Better.LESS),
  LOAD_CORES("cores used by the load", "", Better.LESS);

  /** Which way is good. */
  public enum Better {
    MORE,
    LESS
  }

  private final String title;
  private final String unit;
  private final Better better;

  Metric(String title, String unit, Better better) {
    this.title = title;
    this.unit = unit;
    this.better = better;
  }

  public String title() {
    return title;
  }

  public String unit() {
    return unit;
  }

  public Better better() {
    return better;
  }
}
