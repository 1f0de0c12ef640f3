package dev.provisioning.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.StandardHttpRequest;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.reflect.Proxy;
import java.net.ConnectException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LeaseRenewalsTest {
  private static final Duration DEADLINE = Duration.ofSeconds(10);

  private final AtomicLong seconds = new AtomicLong(-500);
  private final LeaseRenewals renewals = new LeaseRenewals(() -> seconds.get() * 1_000_000_000L);

  /** The client makes a new request object, with a new id, between the two calls. */
  private static HttpRequest request(String method, String path) {
    return new StandardHttpRequest(Map.of(), URI.create("https://host" + path), method, null);
  }

  private static HttpRequest renewal() {
    return request("PATCH", "/apis/coordination.k8s.io/v1/namespaces/n/leases/operator");
  }

  private static HttpResponse<?> answer(int code) {
    return (HttpResponse<?>)
        Proxy.newProxyInstance(
            LeaseRenewalsTest.class.getClassLoader(),
            new Class<?>[] {HttpResponse.class},
            (self, method, arguments) -> code);
  }

  private void sent() {
    renewals.before(null, renewal(), null);
  }

  private void answered(int code) {
    renewals.after(renewal(), answer(code), null);
  }

  @Test
  void a_lease_that_was_never_renewed_is_not_ours() {
    assertThat(renewals.within(DEADLINE)).isFalse();
  }

  @Test
  void a_renewal_counts_from_when_it_was_sent() {
    sent();
    seconds.addAndGet(9);
    answered(200);
    assertThat(renewals.within(DEADLINE)).isTrue();
    seconds.addAndGet(1);
    assertThat(renewals.within(DEADLINE)).isFalse();
  }

  @Test
  void a_refused_or_unanswered_renewal_counts_for_nothing() {
    sent();
    answered(409);
    sent();
    renewals.afterConnectionFailure(renewal(), new ConnectException());
    assertThat(renewals.within(DEADLINE)).isFalse();
  }

  @Test
  void of_several_tries_the_first_one_counts() {
    sent();
    seconds.addAndGet(20);
    sent();
    answered(200);
    assertThat(renewals.within(DEADLINE)).isFalse();
  }

  @Test
  void reading_the_lease_and_writing_anything_else_is_no_renewal() {
    HttpRequest read = request("GET", renewal().uri().getPath());
    renewals.before(null, read, null);
    renewals.after(read, answer(200), null);
    HttpRequest other = request("PUT", "/apis/provisioning.dev/v1alpha1/namespaces/n/servers/a");
    renewals.before(null, other, null);
    renewals.after(other, answer(200), null);
    assertThat(renewals.within(DEADLINE)).isFalse();
  }

  @Test
  void a_process_that_was_stopped_for_longer_than_the_deadline_wakes_up_fenced() {
    Leadership leadership =
        new Leadership(
            new Leadership.Lease(true, renewals, DEADLINE, () -> {}),
            new SimpleMeterRegistry(),
            Clock.systemUTC());
    sent();
    answered(200);
    assertThat(leadership.holds()).as("a standby").isFalse();
    leadership.onStartLeading();
    assertThat(leadership.holds()).isTrue();
    seconds.addAndGet(30);
    assertThat(leadership.holds()).isFalse();
  }
}
