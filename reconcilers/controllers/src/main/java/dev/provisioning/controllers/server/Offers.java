package dev.provisioning.controllers.server;

import com.github.benmanes.caffeine.cache.Cache;
import dev.provisioning.api.server.Server;
import dev.provisioning.api.server.ServerSpec;
import dev.provisioning.api.server.ServerStatusBuilder;
import dev.provisioning.api.workspace.Workspace;
import dev.provisioning.controllers.Shared;
import dev.provisioning.controllers.access.WorkspaceViews;
import dev.provisioning.controllers.caches.Caches;
import dev.provisioning.planning.Answer;
import dev.provisioning.planning.server.EffectiveServer;
import dev.provisioning.planning.server.Offer;
import dev.provisioning.planning.server.ServerDefaults;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Duration;
import java.util.Optional;

/** What machines that are not made yet would be and cost; kept for a while, also that it failed. */
public final class Offers {
  private static final Duration KEPT = Duration.ofMinutes(5);
  private static final int MOST = 1_000;

  private final ProviderReader providers;
  private final Cache<Wish, Optional<Offer>> known =
      Caches.newBuilder().expireAfterWrite(KEPT).maximumSize(MOST).build();

  public Offers(Shared shared) {
    this.providers = new ProviderReader(shared);
  }

  private record Wish(String workspaceUid, Long generation, ServerSpec spec) {}

  /** Empty while nobody knows: a plan without a price is better than none. */
  public Optional<Offer> of(Workspace workspace, ServerSpec spec) {
    Wish wish =
        new Wish(workspace.getMetadata().getUid(), workspace.getMetadata().getGeneration(), spec);
    return known.get(wish, one -> ask(workspace, spec));
  }

  private Optional<Offer> ask(Workspace workspace, ServerSpec spec) {
    Answer<EffectiveServer> effective =
        ServerDefaults.effective("offer", spec, WorkspaceViews.of(workspace));
    Server server = new Server();
    server.setMetadata(
        new ObjectMetaBuilder()
            .withName("offer")
            .withNamespace(workspace.getMetadata().getNamespace())
            .build());
    server.setSpec(spec);
    return effective
        .known()
        .flatMap(
            wish ->
                providers
                    .read(
                        server,
                        ServerStatusBuilder.builder().build(),
                        effective,
                        Optional.of(workspace))
                    .known()
                    .flatMap(provider -> Offer.of(wish, provider)));
  }
}
