package dev.provisioning.controllers;

import dev.provisioning.controllers.engine.Engine;
import io.fabric8.kubernetes.client.CustomResource;

/** One kind, ready to be registered. */
public record Controller<R extends CustomResource<?, ?>>(
    Class<R> type, Engine<R, ?, ?, ?> engine) {}
