package dev.provisioning.controllers.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provisioning.planning.Ledger;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LiveLedgerTest {
  private static final Ledger.Outcome DONE =
      new Ledger.Succeeded(Instant.parse("2026-01-01T00:00:00Z"), Optional.empty());

  private final LiveLedger ledger = new LiveLedger();

  @Test
  void nothing_starts_twice_before_its_outcome_was_seen() {
    assertThat(ledger.begin("create/1")).isTrue();
    assertThat(ledger.begin("create/1")).isFalse();

    ledger.end("create/1", DONE);
    assertThat(ledger.begin("create/1")).isFalse();

    ledger.acknowledge(ledger.snapshot());
    assertThat(ledger.begin("create/1")).isTrue();
  }

  @Test
  void an_outcome_that_came_after_the_look_is_kept() {
    ledger.begin("create/1");
    Ledger seen = ledger.snapshot();
    ledger.end("create/1", DONE);

    assertThat(ledger.acknowledge(seen)).isFalse();
    assertThat(ledger.snapshot().outcome("create/1")).contains(DONE);
  }

  @Test
  void progress_is_shown_until_the_end() {
    ledger.begin("install");
    ledger.progress("install", 40);
    assertThat(ledger.snapshot().running()).containsEntry("install", Optional.of(40));

    ledger.end("install", DONE);
    assertThat(ledger.snapshot().isRunning("install")).isFalse();
  }

  @Test
  void what_was_abandoned_is_over_when_its_last_effect_ends() {
    ledger.begin("release");
    assertThat(ledger.abandon()).isFalse();
    assertThat(ledger.isOver()).isFalse();

    ledger.end("release", DONE);
    assertThat(ledger.isOver()).isTrue();
  }
}
