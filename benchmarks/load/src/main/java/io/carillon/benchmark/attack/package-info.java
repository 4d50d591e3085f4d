/** Attacks on a running server, and what a well-behaved tenant beside them notices. */
@org.jspecify.annotations.NullMarked
package io.carillon.benchmark.attack;
