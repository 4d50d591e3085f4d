package io.carillon.client;

import java.util.concurrent.Executor;

/**
 * What the inside of a client has to know. Immutable.
 *
 * @param errors where the pages about errors are; a kind is appended
 * @param queueLimit how many requests may wait for an answer
 * @param publishMillis in which a publish settles
 * @param lingerMillis that a channel stays joined after its last user
 * @param buffer how many messages may wait for a channel's listeners, or for one reader
 * @param listeners where listeners run
 * @param worker where futures are completed and tokens are waited for; never full
 */
record Settings(
    String errors,
    int queueLimit,
    long publishMillis,
    long lingerMillis,
    int buffer,
    Executor listeners,
    Executor worker) {}
