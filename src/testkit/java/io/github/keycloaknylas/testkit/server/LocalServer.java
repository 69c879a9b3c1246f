package io.github.keycloaknylas.testkit.server;

import java.net.URI;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.keycloak.admin.client.Keycloak;

/**
 * A server behind two ports of this machine, whose start is reported and awaited; subclasses define what runs there.
 */
abstract class LocalServer implements KeycloakServer {

    private final AdminAccess admin = new AdminAccess();
    private final Consumer<String> progress;
    private ServerOptions options;

    LocalServer(ServerOptions options, Consumer<String> progress) {
        this.options = options;
        this.progress = progress;
    }

    /** A hint for a start that takes long, after a blank; empty if there is none. */
    abstract String remark();

    abstract void launch();

    abstract boolean isRunning();

    /** The file to read after a failure. */
    abstract Path logFile();

    @Override
    public void start() {
        options.ports().requireFree();
        progress.accept("starting " + this + remark());
        long begin = System.nanoTime();
        launch();
        if (!Readiness.await(managementUrl(), this::isRunning)) {
            throw new ServerFailure(Diagnosis.of(toString(), isRunning(), logFile(), log()));
        }
        progress.accept("%s is ready after %.1f s".formatted(this, (System.nanoTime() - begin) / 1e9));
    }

    final void startOrClose() {
        try {
            start();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    @Override
    public final URI baseUrl() {
        return URI.create("http://localhost:" + options.ports().http());
    }

    @Override
    public final URI managementUrl() {
        return URI.create("http://localhost:" + options.ports().management());
    }

    @Override
    public final Keycloak admin() {
        return admin.to(baseUrl());
    }

    final void forgetAdmin() {
        admin.forget();
    }

    final ServerOptions options() {
        return options;
    }

    final void change(ServerOptions changed) {
        options = changed;
    }
}
