package dev.provisioning.ssh;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.net.SocketFactory;

/** Hands out sockets that can be closed from outside while a connection is being made. */
final class CuttableSocketFactory extends SocketFactory {
  private final ConcurrentLinkedQueue<Closeable> open = new ConcurrentLinkedQueue<>();
  private volatile boolean cut;

  @Override
  public Socket createSocket() throws IOException {
    var socket = new Socket();
    // A question is several small packets; without this each waits 40 ms for an acknowledgement.
    socket.setTcpNoDelay(true);
    alsoCut(socket);
    return socket;
  }

  void alsoCut(Closeable channel) {
    open.add(channel);
    if (cut) {
      cut();
    }
  }

  boolean wasCut() {
    return cut;
  }

  void cut() {
    cut = true;
    for (var socket : open) {
      try {
        socket.close();
      } catch (IOException e) {
        throw new UncheckedIOException("closing a socket", e);
      }
    }
  }

  @Override
  public Socket createSocket(String host, int port) {
    throw new UnsupportedOperationException("only unconnected sockets, or timeouts would not hold");
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress from, int fromPort)
      throws IOException {
    return createSocket(host, port);
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return createSocket(host.getHostAddress(), port);
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort)
      throws IOException {
    return createSocket(host, port);
  }
}
