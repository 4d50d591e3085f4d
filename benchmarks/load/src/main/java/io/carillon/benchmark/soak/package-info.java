/** A long run of mixed load with churn, and whether what the server holds stays flat. */
@org.jspecify.annotations.NullMarked
package io.carillon.benchmark.soak;
