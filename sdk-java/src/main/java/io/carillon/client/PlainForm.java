package io.carillon.client;

import org.jspecify.annotations.Nullable;

/** Plain values of JSON as they are. Stateless. */
enum PlainForm implements DataForm<Object> {
  INSTANCE;

  @Override
  public @Nullable Object write(@Nullable Object data) {
    return data;
  }

  @Override
  public @Nullable Object read(@Nullable Object value) {
    return value;
  }
}
