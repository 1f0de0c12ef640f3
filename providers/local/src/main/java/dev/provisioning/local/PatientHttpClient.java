package dev.provisioning.local;

import com.github.dockerjava.transport.DockerHttpClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Waits for the whole answer, and for no longer than {@code patience}. docker-java's own limit
 * counts over TCP alone: its Unix socket has no timeouts, and an engine that hangs would keep who
 * asks it for ever. Answers are held in memory, so it is not for those without an end.
 */
record PatientHttpClient(DockerHttpClient client, Duration patience) implements DockerHttpClient {
  /**
   * @throws UncheckedIOException when the answer is not there in time
   */
  @Override
  public Response execute(Request request) {
    FutureTask<Response> answer = new FutureTask<>(() -> whole(request));
    Thread.ofVirtual().name("engine-request").start(answer);
    try {
      return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new UncheckedIOException(
          new SocketTimeoutException("no answer within %d s".formatted(patience.toSeconds())));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new InterruptedIOException("interrupted"));
    } catch (ExecutionException e) {
      throw unwrapped(e.getCause());
    } finally {
      // An interrupt closes the socket: the connection is of no use to the next request.
      answer.cancel(true);
    }
  }

  private Response whole(Request request) throws IOException {
    try (Response response = client.execute(request);
        InputStream body = response.getBody()) {
      byte[] bytes = body == null ? new byte[0] : body.readAllBytes();
      return new Whole(response.getStatusCode(), response.getHeaders(), bytes);
    }
  }

  private static RuntimeException unwrapped(Throwable cause) {
    return switch (cause) {
      case RuntimeException e -> e;
      case IOException e -> new UncheckedIOException(e);
      case Error e -> throw e;
      default -> new IllegalStateException(cause);
    };
  }

  @Override
  public void close() throws IOException {
    client.close();
  }

  /** An answer that was read to its end. */
  private record Whole(int status, Map<String, List<String>> headers, byte[] bytes)
      implements Response {
    @Override
    public int getStatusCode() {
      return status;
    }

    @Override
    public Map<String, List<String>> getHeaders() {
      return headers;
    }

    @Override
    public InputStream getBody() {
      return new ByteArrayInputStream(bytes);
    }

    @Override
    public void close() {
      // nothing is open
    }
  }
}
