package dev.provisioning.operator.metrics;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;

/** {@code provisioning_kubernetes_requests_total}; code {@code IO}: there was no answer. */
public record RequestMetrics(MeterRegistry meters) implements Interceptor {
  @Override
  public void after(
      HttpRequest request,
      HttpResponse<?> response,
      AsyncBody.Consumer<List<ByteBuffer>> consumer) {
    count(request, Integer.toString(response.code()));
  }

  @Override
  public void afterConnectionFailure(HttpRequest request, Throwable failure) {
    count(request, "IO");
  }

  private void count(HttpRequest request, String code) {
    String verb = request.method().toLowerCase(Locale.ROOT);
    meters.counter("provisioning_kubernetes_requests", "verb", verb, "code", code).increment();
  }
}
