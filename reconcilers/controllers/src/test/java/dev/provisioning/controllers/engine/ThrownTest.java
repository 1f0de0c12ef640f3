package dev.provisioning.controllers.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provisioning.spi.ProviderException;
import dev.provisioning.spi.model.Failure;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ThrownTest {
  @Test
  void what_a_provider_says_is_told_as_it_said_it() {
    Failure denied = new Failure.Denied("QuotaExceeded", "no more machines");

    assertThat(Thrown.failure("create/1", new ProviderException(denied))).isSameAs(denied);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 429, 500, 503})
  void an_api_server_that_cannot_answer_now_is_asked_again(int code) {
    assertThat(Thrown.failure("write", new KubernetesClientException("no answer", code, null)))
        .isInstanceOf(Failure.Transient.class)
        .extracting(Failure::reason)
        .isEqualTo("ApiServerUnavailable");
  }

  @ParameterizedTest
  @CsvSource({
    "400, Invalid, ApiServerRefuses",
    "403, Denied, ApiServerForbids",
    "409, Transient, ObjectChanged",
    "422, Invalid, ApiServerRefuses"
  })
  void what_the_api_server_refuses_is_told_in_its_own_words(int code, String kind, String reason) {
    Status said = new StatusBuilder().withMessage("exceeded quota: secrets=10").build();

    Failure failure =
        Thrown.failure("create/1", new KubernetesClientException("refused", code, said));

    assertThat(failure.getClass().getSimpleName()).isEqualTo(kind);
    assertThat(failure.reason()).isEqualTo(reason);
    assertThat(failure.message())
        .isEqualTo("create/1: the API server refused: exceeded quota: secrets=10");
  }

  @Test
  void what_it_does_not_know_is_a_defect_of_ours() {
    assertThat(Thrown.failure("write", new KubernetesClientException("not found", 404, null)))
        .isInstanceOf(Failure.Bug.class);
  }

  @Test
  void a_defect_names_its_type_and_keeps_its_text_to_the_log() {
    assertThat(Thrown.failure("let-go", new IllegalStateException("password=hunter2")))
        .isEqualTo(new Failure.Bug("InternalError", "let-go: java.lang.IllegalStateException"));
    assertThat(Thrown.failure("let-go", new StackOverflowError())).isInstanceOf(Failure.Bug.class);
  }
}
