package dev.provisioning.planning.taskserv.definition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provisioning.api.taskserv.GitHubSource;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnnouncementsTest {
  private static final List<Release> RELEASES =
      List.of(
          new Release("v1.9.0", false),
          new Release("v1.10.0", false),
          new Release("v2.0.0-rc1", false),
          new Release("v2.0.0", true),
          new Release("api/v3.0.0", false),
          new Release("v-next", false));

  private static GitHubSource source(String prefix, Boolean preReleases) {
    return new GitHubSource("owner", "repo", prefix, preReleases);
  }

  @Test
  void the_greatest_version_counts_not_the_newest_name() {
    assertThat(Announcements.newest(source("v", null), RELEASES)).contains("1.10.0");
  }

  @Test
  void pre_releases_count_when_the_definition_says_so() {
    assertThat(Announcements.newest(source("v", true), RELEASES)).contains("2.0.0");
  }

  @Test
  void a_repository_may_release_several_things() {
    assertThat(Announcements.newest(source("api/v", false), RELEASES)).contains("3.0.0");
    assertThat(Announcements.newest(source("web/v", false), RELEASES)).isEmpty();
  }
}
