package dev.provisioning.bench.ssh;

import java.io.IOException;

/** One way to bring the fleet's machines to a state. */
interface Contender extends AutoCloseable {
  String name();

  /** All machines run the service with this configuration when it returns. */
  void apply(String maxmemory) throws Exception;

  /** Forgets connections, as a first run knows none. */
  void disconnect() throws IOException;

  @Override
  default void close() throws IOException {
    disconnect();
  }
}
