package io.github.keycloaknylas.it.support.browser;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.TimeoutError;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.WaitForSelectorState;
import io.github.keycloaknylas.testkit.microsoft.Account;
import io.github.keycloaknylas.testkit.server.BuildOutput;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/** Somebody in front of one tab. */
public final class Person implements AutoCloseable {

    private static final Path SCREENSHOTS = BuildOutput.directory("screenshots");

    private final BrowserContext context;
    private final Page page;

    public Person(BrowserContext context) {
        this.context = context;
        this.page = context.newPage();
        page.setDefaultTimeout(60_000);
    }

    public Page page() {
        return page;
    }

    public void open(URI address) {
        page.navigate(address.toString());
    }

    public Locator find(String selector) {
        return page.locator(selector);
    }

    /** Passes Keycloak's page, on which a provider has a button, and Microsoft's. */
    public void signInWithMicrosoft(String alias, Account account) {
        page.click("#social-" + alias);
        page.check("#account-" + account.id());
        page.click("#accept");
    }

    /** Passes Keycloak's page by password. */
    public void signIn(String username, String password) {
        page.fill("#username", username);
        page.fill("#password", password);
        page.click("#kc-login");
    }

    /** What the question marks of an admin console's form say, one after the other. */
    public List<String> helps() {
        Locator bubble = page.locator(".pf-v5-c-popover__body");
        return page.locator("main form [data-testid^='help-label-']").all().stream()
                .map(mark -> {
                    mark.click();
                    String text = bubble.innerText().strip();
                    page.keyboard().press("Escape");
                    bubble.waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.HIDDEN));
                    return text;
                })
                .toList();
    }

    /** Keeps what is to be seen in {@code screenshots/<name>.png} of the build directory. */
    public void picture(String name) {
        take(options(name));
    }

    /** The same for one part of the page, as the documentation shows it. */
    public void picture(String name, String selector) {
        // Not the picture of an element: that fails if the page draws the element anew meanwhile.
        BoundingBox part = page.locator(selector).first().boundingBox();
        Page.ScreenshotOptions options = options(name);
        take(part == null ? options : options.setClip(part.x, part.y, part.width, part.height));
    }

    private static Page.ScreenshotOptions options(String name) {
        return new Page.ScreenshotOptions()
                .setPath(SCREENSHOTS.resolve(name + ".png"))
                .setTimeout(20_000);
    }

    private void take(Page.ScreenshotOptions options) {
        try {
            page.screenshot(options);
        } catch (TimeoutError e) {
            // On a busy machine a Chromium that has just started may never answer the first time.
            page.screenshot(options);
        }
    }

    @Override
    public void close() {
        context.close();
    }
}
