package io.carillon.api.console;

import io.carillon.api.http.Checked;
import io.carillon.api.http.Members;
import io.carillon.api.http.Members.Bounds;
import io.carillon.core.error.ErrorCode;
import io.carillon.core.error.Problem;
import io.carillon.core.webhook.WebhookFormat;
import io.carillon.core.webhook.WebhookLedger;
import io.carillon.core.webhook.WebhookLedger.Range;
import io.carillon.core.webhook.WebhookSecrets;
import io.carillon.core.webhook.WebhookSettings;
import io.carillon.core.webhook.WebhookSettings.Activity;
import io.carillon.core.webhook.WebhookSettings.Batching;
import io.carillon.core.webhook.WebhookSettings.Filter;
import io.carillon.core.webhook.WebhookSettings.Sending;
import io.carillon.core.webhook.WebhookType;
import java.net.URI;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what a page sends about webhooks. Stateless. */
final class WebhookFields {
  private static final long FORMER_HOURS = 24;

  private static final int TYPES_MAX = 16;
  private static final int SHOWN_MAX = 100;

  private WebhookFields() {}

  /**
   * The settings with what the form has of them.
   *
   * @param old null for a new one, which needs a url and types
   */
  static Checked<WebhookSettings> settings(Form form, @Nullable WebhookSettings old) {
    return url(form, old)
        .then(
            url ->
                format(form, old)
                    .then(
                        format ->
                            filter(form, old, format)
                                .then(
                                    filter ->
                                        sending(form, old)
                                            .then(
                                                sending ->
                                                    label(form, old)
                                                        .then(
                                                            label ->
                                                                Checked.valid(
                                                                    new WebhookSettings(
                                                                        label, url, format, filter,
                                                                        sending)))))));
  }

  private static Checked<URI> url(Form form, @Nullable WebhookSettings old) {
    if (old != null && !form.has("url")) {
      return Checked.valid(old.url());
    }
    return form.text("url")
        .then(
            text -> {
              URI url = parsed(text.strip());
              return url != null && WebhookSettings.isUsable(url)
                  ? Checked.valid(url)
                  : Checked.refused(
                      wrong(
                          "url",
                          text.length() <= SHOWN_MAX ? text : text.length() + " characters",
                          "such as https://example.com/hooks, without user and fragment"));
            });
  }

  private static @Nullable URI parsed(String text) {
    try {
      return URI.create(text);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static Checked<WebhookFormat> format(Form form, @Nullable WebhookSettings old) {
    if (!form.has("format")) {
      return Checked.valid(old == null ? WebhookFormat.PUSHER : old.format());
    }
    return form.text("format")
        .then(
            word -> {
              WebhookFormat format = WebhookFormat.ofWord(word);
              return format == null
                  ? Checked.refused(wrong("format", word, "pusher or carillon"))
                  : Checked.valid(format);
            });
  }

  private static Checked<Filter> filter(
      Form form, @Nullable WebhookSettings old, WebhookFormat format) {
    return types(form, old, format)
        .then(types -> prefix(form, old).then(prefix -> Checked.valid(new Filter(types, prefix))));
  }

  private static Checked<Set<WebhookType>> types(
      Form form, @Nullable WebhookSettings old, WebhookFormat format) {
    Checked<List<String>> words =
        old != null && !form.has("types")
            ? Checked.valid(old.filter().types().stream().map(WebhookType::word).toList())
            : Members.strings(form.json(), "types", TYPES_MAX);
    if (words instanceof Checked.Refused<List<String>>(var problem)) {
      return Checked.refused(problem.at("/types"));
    }
    return words.then(
        all -> {
          EnumSet<WebhookType> types = EnumSet.noneOf(WebhookType.class);
          for (String word : all) {
            WebhookType type = WebhookType.ofWord(word);
            if (type == null || !type.isFor(format)) {
              return Checked.refused(
                  wrong("types", word, "types of events of the format " + format.word()));
            }
            types.add(type);
          }
          return Checked.valid(types);
        });
  }

  private static Checked<String> prefix(Form form, @Nullable WebhookSettings old) {
    return optional(form, "channelPrefix", old == null ? "" : old.filter().channelPrefix(), 164);
  }

  private static Checked<String> label(Form form, @Nullable WebhookSettings old) {
    return optional(form, "label", old == null ? "" : old.label(), WebhookSettings.LABEL_MAX);
  }

  private static Checked<String> optional(Form form, String name, String fallback, int most) {
    if (!form.has(name)) {
      return Checked.valid(fallback);
    }
    return form.text(name)
        .then(
            text -> {
              String stripped = text.strip();
              return stripped.length() <= most
                      && stripped.chars().noneMatch(Character::isISOControl)
                  ? Checked.valid(stripped)
                  : Checked.refused(
                      wrong(
                          name,
                          stripped.length() + " characters",
                          "up to " + most + " without control characters"));
            });
  }

  private static Checked<Sending> sending(Form form, @Nullable WebhookSettings old) {
    return form.flag("batched", old != null && old.isBatched())
        .then(
            batched ->
                form.flag("paused", old != null && old.isPaused())
                    .then(
                        paused ->
                            Checked.valid(
                                new Sending(
                                    batched ? Batching.ON : Batching.OFF,
                                    paused ? Activity.PAUSED : Activity.ACTIVE))));
  }

  static Checked<Range> range(Form form) {
    return number(form, "first", 1)
        .then(
            first ->
                number(form, "last", Long.MAX_VALUE)
                    .then(
                        last ->
                            state(form)
                                .then(state -> Checked.valid(new Range(first, last, state.of())))));
  }

  /** For how long the former secret signs. */
  static Checked<Duration> former(Form form) {
    Bounds hours = new Bounds(0, WebhookSecrets.FORMER_MAX.toHours());
    return switch (Members.number(form.json(), "formerHours", FORMER_HOURS, hours)) {
      case Checked.Valid<Long>(var asked) -> Checked.valid(Duration.ofHours(asked));
      case Checked.Refused<Long>(var problem) -> Checked.refused(problem.at("/formerHours"));
    };
  }

  /** A state that may be none. */
  private record Asked(WebhookLedger.@Nullable State of) {}

  private static Checked<Long> number(Form form, String name, long fallback) {
    return switch (Members.number(form.json(), name, fallback, Long.MAX_VALUE)) {
      case Checked.Valid<Long> valid -> valid;
      case Checked.Refused<Long>(var problem) -> Checked.refused(problem.at("/" + name));
    };
  }

  private static Checked<Asked> state(Form form) {
    if (!form.has("state")) {
      return Checked.valid(new Asked(null));
    }
    return form.text("state")
        .then(
            word -> {
              WebhookLedger.State state = WebhookLedger.State.ofWord(word);
              return state == null || state == WebhookLedger.State.WAITING
                  ? Checked.refused(wrong("state", word, "delivered or dead"))
                  : Checked.valid(new Asked(state));
            });
  }

  private static Problem wrong(String field, String was, String expected) {
    return Problem.of(ErrorCode.BAD_REQUEST, field + ": " + was + " (expected: " + expected + ")")
        .at("/" + field);
  }
}
