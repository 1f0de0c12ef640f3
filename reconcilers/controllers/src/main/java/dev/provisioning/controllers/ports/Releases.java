package dev.provisioning.controllers.ports;

import dev.provisioning.api.taskserv.GitHubSource;
import dev.provisioning.planning.taskserv.definition.Release;
import java.util.List;

/** Where publishers tell of new versions. */
@FunctionalInterface
public interface Releases {
  /**
   * Blocks; reads only.
   *
   * @throws dev.provisioning.spi.ProviderException {@code Transient(UpdatesUnknown)}
   */
  List<Release> of(GitHubSource source);
}
