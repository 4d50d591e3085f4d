package io.carillon.core.error;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** Renders the catalogue as the page that people read, {@code docs/errors.md}. */
public final class ErrorReference {
  private static final String HEAD =
      """
      # Errors

      This page is rendered from `io.carillon.core.error.ErrorCode`; change it there.

      Numbers and slugs stay what they are. *Retry* says whether the same attempt may succeed: `no` without a change, `now`
      at once, `later` after a back-off, `token` after fetching a new token. *Pusher* is the code of a `pusher:error` event or of a close
      on the Pusher protocol.

      | Code | Slug | HTTP | Pusher | Retry | What is wrong | What to do |
      |---|---|---|---|---|---|---|
      """;

  private ErrorReference() {}

  /** The whole page in Markdown, by number. */
  public static String markdown() {
    return Arrays.stream(ErrorCode.values())
        .sorted(Comparator.comparingInt(ErrorCode::number))
        .map(ErrorReference::row)
        .collect(Collectors.joining("\n", HEAD, "\n"));
  }

  private static String row(ErrorCode code) {
    Integer pusherCode = code.pusherCode();
    List<String> cells =
        List.of(
            String.valueOf(code.number()),
            "<a id=\"" + code.slug() + "\"></a>`" + code.slug() + "`",
            String.valueOf(code.httpStatus()),
            pusherCode == null ? "-" : pusherCode.toString(),
            switch (code.retry()) {
              case NO -> "no";
              case NOW -> "now";
              case LATER -> "later";
              case TOKEN -> "token";
            },
            text(code.sentence()),
            text(code.remedy()));
    return cells.stream()
        .map(cell -> cell.replace("|", "\\|"))
        .collect(Collectors.joining(" | ", "| ", " |"));
  }

  /** Markdown takes what stands in angle brackets for HTML. */
  private static String text(String words) {
    return words.replace("<", "&lt;");
  }
}
