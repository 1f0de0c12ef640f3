package dev.provisioning.ssh;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Forwards TCP to a machine, until it is told to cut, to go silent, or to refuse. */
final class CuttingProxy implements AutoCloseable {
  private final ServerSocket server;
  private final String host;
  private final int port;
  private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();
  private final AtomicInteger connections = new AtomicInteger();
  private volatile boolean silent;

  CuttingProxy(String host, int port) {
    this.host = host;
    this.port = port;
    try {
      server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  int connections() {
    return connections.get();
  }

  /** Ends all connections now, as a firewall that sends resets. */
  void cut() {
    sockets.forEach(CuttingProxy::closeNow);
    sockets.clear();
  }

  /** From now on nothing is forwarded and nothing is closed, as a cable that was pulled. */
  void goSilent() {
    silent = true;
  }

  /** New connections are forwarded again; those that fell silent stay so. */
  void heal() {
    silent = false;
    sockets.clear();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        var client = server.accept();
        connections.incrementAndGet();
        sockets.add(client);
        if (!silent) {
          var machine = new Socket(host, port);
          sockets.add(machine);
          Thread.ofVirtual().start(() -> pump(client, machine));
          Thread.ofVirtual().start(() -> pump(machine, client));
        }
      } catch (IOException e) {
        closeNow(server);
      }
    }
  }

  private void pump(Socket from, Socket to) {
    var buffer = new byte[16 * 1024];
    try {
      for (int n = from.getInputStream().read(buffer);
          n >= 0;
          n = from.getInputStream().read(buffer)) {
        if (silent || !sockets.contains(from)) {
          return;
        }
        to.getOutputStream().write(buffer, 0, n);
        to.getOutputStream().flush();
      }
      closeNow(to);
    } catch (IOException e) {
      closeNow(to);
    }
  }

  private static void closeNow(AutoCloseable socket) {
    try {
      socket.close();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    cut();
    closeNow(server);
  }
}
