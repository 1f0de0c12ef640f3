package dev.provisioning.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** In a process of its own: the JDK reads its settings once. */
@Timeout(60)
class ThreadRoomTest {
  /** Tells how many threads the JDK has for us. */
  static final class Process {
    private Process() {}

    public static void main(String[] arguments) {
      ThreadRoom.claim();
      System.out.print(ForkJoinPool.getCommonPoolParallelism());
    }
  }

  @Test
  void a_computer_of_two_processors_has_room_for_threads_that_wait() throws Exception {
    assertThat(said("-XX:ActiveProcessorCount=2")).isEqualTo("16");
  }

  @Test
  void what_the_user_set_stays() throws Exception {
    assertThat(said("-D" + ThreadRoom.COMMON_POOL + "=3")).isEqualTo("3");
  }

  private static String said(String option) throws Exception {
    java.lang.Process process =
        new ProcessBuilder(
                System.getProperty("java.home") + "/bin/java",
                option,
                "-cp",
                System.getProperty("java.class.path"),
                Process.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String said = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return said;
  }
}
