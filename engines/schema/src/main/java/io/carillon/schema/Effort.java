package io.carillon.schema;

import com.networknt.schema.ExecutionContext;

/**
 * How much one check may cost, counted where the library goes from keyword to keyword and where an
 * expression is matched; the end of it ends the check. Confined to one check.
 */
final class Effort extends ExecutionContext {
  /** For the expressions of the check that runs on this thread. */
  static final ScopedValue<Effort> CURRENT = ScopedValue.newInstance();

  /** Deeper than data and sensible schemas go; a schema that contains itself gets here. */
  private static final int DEPTH_MAX = 400;

  private static final long LEAST = 500_000;
  private static final long FOR_EACH_CHARACTER = 100;

  /** One keyword may look at the whole schema and the whole data. */
  private static final int CHARACTERS_A_UNIT = 256;

  private final long keywordCost;
  private long left;
  private int depth;

  /**
   * @param schemaLength in characters
   * @param dataLength in bytes
   */
  Effort(int schemaLength, int dataLength) {
    this.keywordCost = 1 + ((long) schemaLength + dataLength) / CHARACTERS_A_UNIT;
    this.left = LEAST + FOR_EACH_CHARACTER * dataLength;
  }

  /** Takes so much of what is left. */
  void take(long cost) {
    left -= cost;
    if (left < 0) {
      throw new Exceeded();
    }
  }

  @Override
  public void evaluationPathAddLast(String keyword) {
    entered();
    super.evaluationPathAddLast(keyword);
  }

  @Override
  public void evaluationPathAddLast(int index) {
    entered();
    super.evaluationPathAddLast(index);
  }

  private void entered() {
    take(keywordCost);
    if (++depth > DEPTH_MAX) {
      throw new Exceeded();
    }
  }

  @Override
  public void evaluationPathRemoveLast() {
    depth--;
    super.evaluationPathRemoveLast();
  }

  /** The check costs more than it may. Without a stack trace. */
  static final class Exceeded extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Exceeded() {
      super("the check takes too long", null, false, false);
    }
  }
}
