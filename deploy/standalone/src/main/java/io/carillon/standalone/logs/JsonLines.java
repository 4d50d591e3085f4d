package io.carillon.standalone.logs;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.encoder.EncoderBase;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.event.KeyValuePair;

/**
 * One event, one line, one flat JSON object: {@code time}, {@code level}, {@code logger}, {@code
 * thread}, {@code node}, {@code message}, then the fields that the event has, such as {@code
 * request}, and {@code stack}. Thread-safe.
 */
final class JsonLines extends EncoderBase<ILoggingEvent> {
  private static final JsonFactory JSON = new JsonFactory();

  private static final byte[] NOTHING = {};

  @Override
  public byte[] headerBytes() {
    return NOTHING;
  }

  @Override
  public byte[] encode(ILoggingEvent event) {
    ByteArrayOutputStream line = new ByteArrayOutputStream(256);
    try (JsonGenerator json = JSON.createGenerator(line)) {
      json.writeStartObject();
      json.writeStringField("time", event.getInstant().toString());
      json.writeStringField("level", event.getLevel().toString());
      json.writeStringField("logger", event.getLoggerName());
      json.writeStringField("thread", event.getThreadName());
      for (Map.Entry<String, String> field :
          event.getLoggerContextVO().getPropertyMap().entrySet()) {
        json.writeStringField(field.getKey(), field.getValue());
      }
      json.writeStringField("message", event.getFormattedMessage());
      for (Map.Entry<String, Object> field : fields(event).entrySet()) {
        json.writeFieldName(field.getKey());
        write(json, field.getValue());
      }
      IThrowableProxy thrown = event.getThrowableProxy();
      if (thrown != null) {
        json.writeStringField("stack", ThrowableProxyUtil.asString(thrown));
      }
      json.writeEndObject();
      json.writeRaw('\n');
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    return line.toByteArray();
  }

  /** What the event says wins over what its thread does. */
  private static Map<String, Object> fields(ILoggingEvent event) {
    Map<String, Object> fields = new TreeMap<>(event.getMDCPropertyMap());
    if (event.getKeyValuePairs() != null) {
      for (KeyValuePair pair : event.getKeyValuePairs()) {
        if (pair.value != null) {
          fields.put(pair.key, pair.value);
        }
      }
    }
    return fields;
  }

  private static void write(JsonGenerator json, Object value) throws IOException {
    switch (value) {
      case Integer number -> json.writeNumber(number);
      case Long number -> json.writeNumber(number);
      case Double number -> json.writeNumber(number);
      case Boolean truth -> json.writeBoolean(truth);
      default -> json.writeString(value.toString());
    }
  }

  @Override
  public byte[] footerBytes() {
    return NOTHING;
  }
}
