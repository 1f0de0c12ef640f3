package dev.provisioning.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provisioning.faults.Kills.Point;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which runs follow from what one run reached. */
class RecordingTest {
  private final Recording recording = recording("a#1 b#1 a#2 c#1 a#3 b#2 a#4");

  private static Recording recording(String points) {
    return new Recording(points(points));
  }

  private static List<Point> points(String text) {
    return Stream.of(text.split(" ")).map(Point::parse).toList();
  }

  @Test
  void pointsOfARunAreInOrderAndFarApart() {
    assertThat(recording.chains(recording.all(), 4))
        .containsExactly(points("a#1 a#2 a#3 a#4"), points("b#1 c#1 b#2"));
  }

  @Test
  void eachPointIsInOneRunAndNoRunIsLongerThanAllowed() {
    assertThat(recording.chains(recording.all(), 3))
        .hasSize(3)
        .allSatisfy(chain -> assertThat(chain).hasSizeLessThanOrEqualTo(3))
        .flatMap(chain -> chain)
        .containsExactlyInAnyOrderElementsOf(recording.all());
  }

  @Test
  void onlyWhatWasChosenIsInARunHoweverItWasChosen() {
    assertThat(recording.chains(points("b#2 a#2"), 4)).containsExactly(points("a#2 b#2"));
    assertThat(recording.chains(List.of(), 4)).isEmpty();
  }

  @Test
  void aPointThatARecordingOfTwoProcessesHasTwiceIsOnePoint() {
    Recording twice = recording("a#1 a#1 b#1");
    assertThat(twice.chains(twice.all(), 4)).containsExactly(points("a#1 b#1"));
  }

  @Test
  void aSuccessorCountsFromWhereItsPredecessorWasKilled() {
    assertThat(recording.kills(points("a#2 a#4"))).hasToString("a#2+a#2");
    assertThat(recording.kills(points("a#1 b#2"))).hasToString("a#1+b#2");
    assertThat(recording.kills(points("b#1 c#1 b#2"))).hasToString("b#1+c#1+b#1");
  }

  @Test
  void ofEventsOnlyTheFirstIsWorthAKill() {
    assertThat(recording("event/before#1 event/before#2 a#1").all())
        .isEqualTo(points("event/before#1 a#1"));
  }

  @Test
  void pairsAreThoseOfTheSeed() {
    assertThat(recording.pairs(7)).isEqualTo(recording.pairs(7)).isNotEqualTo(recording.pairs(8));
    assertThat(recording.pairs(7))
        .allSatisfy(
            pair -> {
              assertThat(pair.points()).hasSize(2);
              assertThat(pair.points().getLast().occurrence()).isEqualTo(1);
            });
  }
}
