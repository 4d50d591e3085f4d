package io.carillon.redis;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The fields of a message by their tags, and its rows. Immutable once it was read. */
final class InquiryFields {
  private final List<InquiryFields> rows = new ArrayList<>();
  private final Map<Integer, byte[]> values = new HashMap<>();

  InquiryFields(ByteBuffer bytes) {
    ByteReader in = new ByteReader(bytes, InquiryCodec.VERSION);
    while (in.hasMore()) {
      int tag = in.tag();
      byte[] value = in.bytes();
      if (tag == InquiryCodec.ROW) {
        rows.add(new InquiryFields(ByteBuffer.wrap(value)));
      } else {
        values.put(tag, value);
      }
    }
  }

  List<InquiryFields> rows() {
    return rows;
  }

  boolean has(int tag) {
    return values.containsKey(tag);
  }

  String text(int tag) {
    return Objects.requireNonNullElse(textOrNull(tag), "");
  }

  @Nullable String textOrNull(int tag) {
    byte[] value = values.get(tag);
    return value == null ? null : Names.text(value);
  }

  long number(int tag) {
    return Objects.requireNonNullElse(numberOrNull(tag), 0L);
  }

  @Nullable Long numberOrNull(int tag) {
    byte[] value = values.get(tag);
    return value == null ? null : ByteBuffer.wrap(value).getLong();
  }
}
