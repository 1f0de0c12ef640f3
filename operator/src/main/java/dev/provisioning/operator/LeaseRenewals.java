package dev.provisioning.operator;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * When our lease was last renewed, seen on the wire: the elector tells of a lost lease only after
 * its own, possibly hanging, tries. A renewal counts from when it was sent, on a clock that nobody
 * sets and that goes on while the process is stopped.
 */
final class LeaseRenewals implements Interceptor {
  private static final String LEASES = "/leases";
  private static final int OK_FIRST = 200;
  private static final int OK_END = 300;
  private static final long NEVER = Long.MIN_VALUE;

  private final LongSupplier nanos;

  /** The elector sends one renewal at a time; of several tries the first counts, to be sure. */
  private final AtomicLong sent = new AtomicLong(NEVER);

  private final AtomicLong renewed = new AtomicLong(NEVER);

  /** {@code nanos} as {@link System#nanoTime()}. */
  LeaseRenewals(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** Whether the lease was renewed within {@code age}. */
  boolean within(Duration age) {
    long at = renewed.get();
    return at != NEVER && nanos.getAsLong() - at < age.toNanos();
  }

  @Override
  public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
    if (renewal(request)) {
      sent.compareAndSet(NEVER, nanos.getAsLong());
    }
  }

  @Override
  public void after(
      HttpRequest request,
      HttpResponse<?> response,
      AsyncBody.Consumer<List<ByteBuffer>> consumer) {
    if (!renewal(request)) {
      return;
    }
    long begun = sent.getAndSet(NEVER);
    if (begun != NEVER && response.code() >= OK_FIRST && response.code() < OK_END) {
      renewed.set(begun);
    }
  }

  @Override
  public void afterConnectionFailure(HttpRequest request, Throwable failure) {
    if (renewal(request)) {
      sent.set(NEVER);
    }
  }

  private static boolean renewal(HttpRequest request) {
    return !request.method().equals("GET") && request.uri().getPath().contains(LEASES);
  }
}
