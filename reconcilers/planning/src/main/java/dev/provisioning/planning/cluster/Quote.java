package dev.provisioning.planning.cluster;

import dev.provisioning.api.Cost;
import java.util.Optional;

/** What a machine of a pool would be: the plan that fits, and its price where it is known. */
public record Quote(String plan, String zone, Optional<Cost> cost) {}
