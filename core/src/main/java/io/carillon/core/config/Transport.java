package io.carillon.core.config;

/** By which system interface sockets are read and written. */
public enum Transport {
  /** The best that this machine has. */
  AUTO,
  /** Linux' io_uring: a submission queue, one system call for many writes. */
  IO_URING,
  /** Linux' epoll, by native calls. */
  EPOLL,
  /** What the JDK has, everywhere. */
  NIO
}
