package dev.provisioning.planning.taskserv.definition;

import dev.provisioning.api.taskserv.GitHubSource;
import dev.provisioning.planning.taskserv.design.Versions;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What releases say of versions. */
final class Announcements {
  private Announcements() {}

  /** Releases of other things and names that are no versions do not count. */
  static Optional<String> newest(GitHubSource source, List<Release> releases) {
    String prefix = Objects.requireNonNullElse(source.tagPrefix(), "");
    boolean all = Boolean.TRUE.equals(source.preReleases());
    return releases.stream()
        .filter(release -> all || !release.preRelease())
        .map(Release::tag)
        .filter(tag -> tag.startsWith(prefix))
        .map(tag -> tag.substring(prefix.length()))
        .filter(Versions::isVersion)
        .filter(version -> all || !version.contains("-"))
        .max(Versions::compare);
  }
}
