package io.carillon.api.http;

import io.carillon.core.model.ApiKey;
import io.carillon.core.model.App;

/** Who calls: an application's backend, by one of its keys. Immutable. */
public record Caller(App app, ApiKey key) {}
