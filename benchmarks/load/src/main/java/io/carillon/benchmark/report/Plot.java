package io.carillon.benchmark.report;

import io.carillon.benchmark.measure.Spread;
import io.carillon.benchmark.profile.Profile;
import io.carillon.benchmark.scenario.Metric;
import io.carillon.benchmark.scenario.Scenario;
import java.util.List;
import java.util.Locale;

/** The first figure of a scenario as bars, with a line from the smallest to the largest run. */
public final class Plot {
  private static final int ROW = 26;
  private static final int LEFT = 190;
  private static final int BARS = 420;
  private static final int RIGHT = 110;
  private static final int TOP = 34;

  private Plot() {}

  /** An SVG picture. */
  static String of(Results results, Scenario scenario) {
    List<Profile> systems = results.systems(scenario);
    Metric metric = results.metrics(scenario).getFirst();
    double most = 0;
    for (Profile system : systems) {
      Spread spread = results.spread(scenario, system, metric);
      most = Math.max(most, spread == null ? 0 : spread.most());
    }
    int height = TOP + systems.size() * ROW + 8;
    StringBuilder svg = new StringBuilder();
    svg.append(
        String.format(
            Locale.ROOT,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\""
                + " font-family=\"sans-serif\" font-size=\"12\">%n"
                + "<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>%n"
                + "<text x=\"8\" y=\"20\" font-size=\"14\">%s</text>%n",
            LEFT + BARS + RIGHT,
            height,
            escaped(metric.title() + (metric.unit().equals("/s") ? "" : ", " + metric.unit()))));
    for (int i = 0; i < systems.size(); i++) {
      Spread spread = results.spread(scenario, systems.get(i), metric);
      if (spread != null) {
        row(svg, systems.get(i).title(), spread, most, TOP + i * ROW);
      }
    }
    return svg.append("</svg>\n").toString();
  }

  private static void row(StringBuilder svg, String title, Spread spread, double most, int top) {
    double scale = most == 0 ? 0 : BARS / most;
    svg.append(
        String.format(
            Locale.ROOT,
            "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>%n"
                + "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"#3b6ea5\"/>%n",
            LEFT - 8,
            top + 14,
            escaped(title),
            LEFT,
            top,
            spread.median() * scale,
            ROW - 8));
    svg.append(
        String.format(
            Locale.ROOT,
            "<line x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\" stroke=\"black\"/>%n"
                + "<text x=\"%.1f\" y=\"%d\">%s</text>%n",
            LEFT + spread.least() * scale,
            LEFT + spread.most() * scale,
            top + (ROW - 8) / 2,
            top + (ROW - 8) / 2,
            LEFT + spread.most() * scale + 6,
            top + 14,
            Numbers.text(spread.median())));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;");
  }
}
