package dev.provisioning.planning.taskserv;

/** Why a service is not ready, as a condition says it. */
record Obstacle(String reason, String message) {}
