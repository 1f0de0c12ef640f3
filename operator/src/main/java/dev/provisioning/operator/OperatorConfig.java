package dev.provisioning.operator;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Every setting of the operator; {@code docs/configuration.md} is its text for people. */
@ConfigMapping(prefix = "provisioning")
public interface OperatorConfig {
  /** Namespaces to work in; absent: all of them. */
  Optional<Set<String>> namespaces();

  /** Where the operator lives: its lease, shared definitions, and the uid that marks machines. */
  @WithDefault("provisioning-system")
  String operatorNamespace();

  LeaderElection leaderElection();

  Concurrency concurrency();

  Intervals intervals();

  Updates updates();

  Providers providers();

  /** Where publishers tell of new versions. */
  interface Updates {
    /** GitHub, or a mirror that answers like it. */
    @WithDefault("https://api.github.com")
    URI github();
  }

  /** One operator acts at a time. Without it, never run two. */
  interface LeaderElection {
    @WithDefault("true")
    boolean enabled();

    /** Who holds the lease; absent: a new name per process, which waits out its predecessor's. */
    Optional<String> identity();

    @WithDefault("15s")
    Duration leaseDuration();

    @WithDefault("10s")
    Duration renewDeadline();

    @WithDefault("2s")
    Duration retryPeriod();
  }

  /** How much is done at once. */
  interface Concurrency {
    @WithDefault("16")
    int reconcilesPerKind();

    /** Effects under way: provider calls and operations on machines. */
    @WithDefault("100")
    int remoteOperations();

    /** Operations on the machines of a Workspace that sets no limit of its own. */
    @WithDefault("10")
    int operationsPerWorkspace();
  }

  /** How often is looked without an event. */
  interface Intervals {
    @WithDefault("5m")
    Duration providerCheck();

    /** How often machines are compared with what was applied; a TaskServ may say otherwise. */
    @WithDefault("10m")
    Duration drift();

    /** How often publishers are asked for new versions of the services in use. */
    @WithDefault("24h")
    Duration updates();

    /** How often it is looked whether the watches of the API server still tell what happens. */
    @WithDefault("1m")
    Duration watches();
  }

  /** What the provider types share, whatever a Workspace says. */
  interface Providers {
    /** Whether an entry's endpoint may be plain and elsewhere; link-local it may never be. */
    @WithDefault("false")
    boolean allowInsecureEndpoints();

    Local local();

    Simulated simulated();

    /** Machines as containers of an engine on this host. */
    interface Local {
      /** {@code unix:///path} or {@code tcp://host:port}; absent: the first engine that answers. */
      Optional<String> endpoint();

      /** Portable image name to image of the engine, over the defaults. */
      Map<String, String> images();

      /** Whether machines are able to carry containers themselves. */
      @WithDefault("true")
      boolean nested();
    }

    /** Machines in memory. */
    interface Simulated {
      @WithDefault("0s")
      Duration bootLag();

      @WithDefault("0s")
      Duration visibilityLag();
    }
  }
}
