package dev.provisioning.planning.config;
