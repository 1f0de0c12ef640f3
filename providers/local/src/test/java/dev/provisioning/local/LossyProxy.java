package dev.provisioning.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Stands between docker-java and the engine's socket. Once told so, it lets the next request with a
 * given beginning reach the engine and cuts the connection when the answer comes.
 */
final class LossyProxy implements AutoCloseable {
  private final Path socket;
  private final ServerSocketChannel server;
  private final AtomicReference<String> losing = new AtomicReference<>("");
  private final Set<SocketChannel> open = ConcurrentHashMap.newKeySet();

  LossyProxy(Path socket) throws IOException {
    this.socket = socket;
    this.server = ServerSocketChannel.open();
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    Thread.ofVirtual().start(this::accept);
  }

  String endpoint() {
    try {
      return "tcp://127.0.0.1:" + ((InetSocketAddress) server.getLocalAddress()).getPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The request line is compared from its start, like {@code POST /containers/create}. */
  void loseReplyTo(String request) {
    losing.set(request);
  }

  private void accept() {
    while (server.isOpen()) {
      try {
        SocketChannel client = server.accept();
        SocketChannel engine = SocketChannel.open(StandardProtocolFamily.UNIX);
        engine.connect(UnixDomainSocketAddress.of(socket));
        open.add(client);
        open.add(engine);
        AtomicReference<Boolean> lose = new AtomicReference<>(false);
        Thread.ofVirtual().start(() -> requests(client, engine, lose));
        Thread.ofVirtual().start(() -> replies(engine, client, lose));
      } catch (IOException e) {
        return; // Closed by the test.
      }
    }
  }

  private void requests(SocketChannel client, SocketChannel engine, AtomicReference<Boolean> lose) {
    pump(
        client,
        engine,
        chunk -> {
          String wanted = losing.get();
          String text = StandardCharsets.ISO_8859_1.decode(chunk.duplicate()).toString();
          if (!wanted.isEmpty() && text.startsWith(wanted)) {
            losing.set("");
            lose.set(true);
          }
          return true;
        });
  }

  private void replies(SocketChannel engine, SocketChannel client, AtomicReference<Boolean> lose) {
    pump(engine, client, chunk -> !lose.get());
  }

  private interface Filter {
    boolean passes(ByteBuffer chunk);
  }

  private void pump(ByteChannel from, ByteChannel to, Filter filter) {
    ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);
    try (from;
        to) {
      while (from.read(buffer) >= 0) {
        buffer.flip();
        if (!filter.passes(buffer)) {
          return;
        }
        while (buffer.hasRemaining()) {
          to.write(buffer);
        }
        buffer.clear();
      }
    } catch (IOException e) {
      Thread.currentThread().interrupt(); // The other direction ended first: so does this one.
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (SocketChannel channel : open) {
      channel.close();
    }
  }
}
