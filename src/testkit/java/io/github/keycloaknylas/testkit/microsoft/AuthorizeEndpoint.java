package io.github.keycloaknylas.testkit.microsoft;

import io.github.keycloaknylas.testkit.http.Handler;
import io.github.keycloaknylas.testkit.http.HtmlTemplate;
import io.github.keycloaknylas.testkit.http.Parameters;
import io.github.keycloaknylas.testkit.http.Request;
import io.github.keycloaknylas.testkit.http.Response;
import java.util.Map;

/** Shows the sign-in page, and accepts its form at the same address. */
final class AuthorizeEndpoint implements Handler {

    private final Directory directory;
    private final Apps apps;
    private final Consents consents;
    private final Codes codes;

    AuthorizeEndpoint(Directory directory, Apps apps, Consents consents, Codes codes) {
        this.directory = directory;
        this.apps = apps;
        this.consents = consents;
        this.codes = codes;
    }

    @Override
    public Response handle(Request request) {
        RedirectTarget back;
        try {
            back = RedirectTarget.of(request.query(), apps);
        } catch (Refusal refusal) {
            // Only a registered address of the app may be redirected to.
            return Response.html(
                    400,
                    HtmlTemplate.resource(AuthorizeEndpoint.class, "refused.html")
                            .fill(Map.of("description", refusal.description())));
        }
        try {
            AuthorizationRequest wanted = AuthorizationRequest.of(request.query(), back);
            Tenant tenant = Tenant.of(request);
            return request.method().equals("POST")
                    ? decide(request.form(), wanted, tenant)
                    : ask(wanted, tenant, request.uri().toString());
        } catch (Refusal refusal) {
            return back.with(refusal);
        }
    }

    private Response ask(AuthorizationRequest wanted, Tenant tenant, String action) {
        SignInPage page = new SignInPage(
                wanted.app(),
                wanted.scopes(),
                directory.all().stream().filter(tenant::admits).toList(),
                wanted.loginHint(),
                action);
        return Response.html(200, page.html());
    }

    private Response decide(Parameters form, AuthorizationRequest wanted, Tenant tenant) {
        if (!Aadsts.required(form, "decision").equals("accept")) {
            throw Aadsts.DECLINED.refusal();
        }
        Account account = directory
                .find(Aadsts.required(form, "account"))
                .filter(tenant::admits)
                .orElseThrow(() -> Aadsts.NOT_IN_TENANT.refusal(tenant.name()));
        if (directory.behaviourOf(account.id()).refusesConsent()) {
            throw Aadsts.DECLINED.refusal();
        }
        consents.give(account.id(), wanted.app(), wanted.scopes());
        return wanted.back().with(codes.issue(wanted, account));
    }
}
