package dev.provisioning.controllers.server;

import com.github.benmanes.caffeine.cache.Cache;
import dev.provisioning.api.server.Server;
import dev.provisioning.api.server.ServerSpec;
import dev.provisioning.api.workspace.Workspace;
import dev.provisioning.controllers.access.WorkspaceViews;
import dev.provisioning.controllers.caches.Caches;
import dev.provisioning.planning.Answer;
import dev.provisioning.planning.server.EffectiveServer;
import dev.provisioning.planning.server.ServerDefaults;

/**
 * What Servers are to be, with the defaults of their Workspaces. Worked out once for two objects: a
 * watch replaces what changed, it alters none, so the same objects say the same.
 */
final class Wishes {
  /** By identity, and gone with the spec. */
  private final Cache<ServerSpec, Wish> known = Caches.newBuilder().weakKeys().build();

  private record Wish(Workspace workspace, Answer<EffectiveServer> effective) {}

  Answer<EffectiveServer> of(Server server, Workspace workspace) {
    Wish wish = known.getIfPresent(server.getSpec());
    if (wish == null || wish.workspace() != workspace) {
      wish =
          new Wish(
              workspace,
              ServerDefaults.effective(
                  server.getMetadata().getName(), server.getSpec(), WorkspaceViews.of(workspace)));
      known.put(server.getSpec(), wish);
    }
    return wish.effective();
  }
}
