package dev.provisioning.bench.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ApiCallsTest {
  private static final String BEFORE =
      """
      # TYPE apiserver_request_total counter
      apiserver_request_total{code="200",resource="servers",subresource="status",verb="PUT"} 7
      apiserver_request_total{code="409",resource="servers",subresource="status",verb="PUT"} 1
      apiserver_request_total{code="200",resource="servers",subresource="",verb="LIST"} 2
      apiserver_request_sli_duration_seconds_count{resource="servers",verb="PUT"} 99
      """;

  @Test
  void callsOfAllAnswersAreAdded() {
    assertThat(ApiCalls.parse(BEFORE).counts())
        .containsEntry("servers/status PUT", 8L)
        .containsEntry("servers LIST", 2L)
        .hasSize(2);
  }

  @Test
  void onlyWhatWasCalledSinceThenIsLeft() {
    var after = ApiCalls.parse(BEFORE.replace("\"PUT\"} 7", "\"PUT\"} 1.2e+01"));
    var since = after.since(ApiCalls.parse(BEFORE));
    assertThat(since.counts()).containsOnlyKeys("servers/status PUT");
    assertThat(since.matching("servers.* (PUT|PATCH)")).isEqualTo(5);
  }
}
