package io.carillon.core.simulation;

import java.util.Random;

/**
 * How bad it is at the moment: probabilities, and delays in milliseconds. Changed by the faults,
 * and all well in the end. For one thread.
 */
final class Weather {
  double busLoss;
  double busRepeat;
  boolean busReorders;
  int busMillis = 5;
  double callLoss;
  double answerLoss;
  int callMillis = 5;
  boolean logDown;
  double archiveLoss;
  int archiveMillis = 10;
  boolean archiveDown;
  double slowClients;

  static Weather of(Random random) {
    Weather weather = new Weather();
    weather.busLoss = rarely(random, 0.1);
    weather.busRepeat = rarely(random, 0.1);
    weather.busReorders = random.nextInt(3) == 0;
    weather.busMillis = 1 + random.nextInt(random.nextInt(4) == 0 ? 800 : 30);
    weather.callLoss = rarely(random, 0.1);
    weather.answerLoss = rarely(random, 0.15);
    weather.callMillis = 1 + random.nextInt(random.nextInt(4) == 0 ? 500 : 20);
    weather.archiveLoss = rarely(random, 0.3);
    weather.archiveMillis = 1 + random.nextInt(random.nextInt(3) == 0 ? 2_000 : 30);
    weather.slowClients = rarely(random, 0.3);
    return weather;
  }

  private static double rarely(Random random, double most) {
    return random.nextBoolean() ? 0 : random.nextDouble() * most;
  }

  /** Everything works from now on. */
  void clear() {
    busLoss = 0;
    busRepeat = 0;
    busReorders = false;
    busMillis = 5;
    callLoss = 0;
    answerLoss = 0;
    callMillis = 5;
    logDown = false;
    archiveLoss = 0;
    archiveMillis = 10;
    archiveDown = false;
    slowClients = 0;
  }

  @Override
  public String toString() {
    return String.format(
        "bus loses %.2f, repeats %.2f, %s, %d ms; calls lose %.2f, answers %.2f, %d ms; archive loses"
            + " %.2f, %d ms; slow clients %.2f",
        busLoss,
        busRepeat,
        busReorders ? "reorders" : "in order",
        busMillis,
        callLoss,
        answerLoss,
        callMillis,
        archiveLoss,
        archiveMillis,
        slowClients);
  }
}
