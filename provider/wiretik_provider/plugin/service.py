"""The service that Pulumi's engine calls: a few lines for each call, over the kinds that the dynamic front has, too.

One process serves one provider of a program, so all rows of its routers share links, as in the dynamic front. Errors of
ours are one line; of others the traceback goes along, since that is a bug report. What this service doesn't serve is
answered with UNIMPLEMENTED, as Pulumi's own base class does.

Rule: nothing is written in a preview, and `DiffConfig` never replaces: another address or password makes no row
another one, and whether it is another router, its identity says.
"""

from __future__ import annotations

import functools
import json
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from importlib import metadata, resources
from typing import Any, Final, Protocol, TypeVar, cast

import grpc
from google.protobuf import empty_pb2
from google.protobuf.message import Message
from pulumi.runtime.proto import plugin_pb2, provider_pb2_grpc, status_pb2
from pulumi.runtime.proto import provider_pb2 as P  # noqa: N812

from wiretik_provider.api.link import close_all, fail
from wiretik_provider.errors import PartlyDone, RowError, WiretikError
from wiretik_provider.kinds import Kind, Links
from wiretik_provider.plugin import alone, further, importing, settings, state
from wiretik_provider.plugin.changes import Change, Difference, differences, top
from wiretik_provider.plugin.names import PACKAGE, Type, Urn, camel, renamed_rules, type_named, urn
from wiretik_provider.plugin.wire import Given, decode, encode
from wiretik_provider.printable import printable, restored, stored
from wiretik_provider.registry import kind_named
from wiretik_provider.rows import ownership
from wiretik_provider.rows.compare import DECLARED, UNKNOWN

__all__ = ["Service", "version"]

_UNKNOWN_CODE: Final = 2
"""gRPC's number for the status of a call that failed."""
_KINDS: Final = {
    Change.ADD: (P.PropertyDiff.ADD, P.PropertyDiff.ADD_REPLACE),
    Change.DELETE: (P.PropertyDiff.DELETE, P.PropertyDiff.DELETE_REPLACE),
    Change.UPDATE: (P.PropertyDiff.UPDATE, P.PropertyDiff.UPDATE_REPLACE),
}

Context = grpc.ServicerContext
Call = TypeVar("Call", bound=Callable[..., Message])


class Constructs(Protocol):
    """What makes components of the Python SDK, which this side doesn't know."""

    def make(self, engine: str, request: P.ConstructRequest) -> P.ConstructResponse:
        """One component; a `WiretikError` says in a line why there is none."""
        ...

    def cancel(self) -> None:
        """Ends those that are being made."""


def version() -> str:
    """Wiretik's version, which is the plugin's and the schema's."""
    return metadata.version(PACKAGE)


def _answering(call: Call) -> Call:
    """Ends a call that fails with one line that says why."""

    @functools.wraps(call)
    def answering(self: Service, request: Message, context: Context) -> Message:
        try:
            with _step(call.__name__):
                return call(self, request, context)
        except PartlyDone as error:
            made = self.partly(urn(str(getattr(request, "urn", ""))), error)
            status = status_pb2.Status(code=_UNKNOWN_CODE, message=str(error))
            status.details.add().Pack(made)
            context.set_trailing_metadata((("grpc-status-details-bin", status.SerializeToString()),))
            context.abort(grpc.StatusCode.UNKNOWN, printable(str(error)))
        except WiretikError as error:
            context.abort(grpc.StatusCode.UNKNOWN, printable(str(error)))
        except Exception:  # noqa: BLE001  (a defect of ours: whoever meets it sends us this text)
            text = "\n".join(printable(line) for line in traceback.format_exc().splitlines())
            context.abort(grpc.StatusCode.UNKNOWN, text)

    return cast("Call", answering)


@contextmanager
def _step(call: str) -> Iterator[None]:
    """A step that fails keeps the deployment from being confirmed by itself."""
    try:
        yield
    except Exception as error:
        if call in ("Create", "Update", "Delete"):
            fail(type(error).__name__)
        raise


class Service(provider_pb2_grpc.ResourceProviderServicer):
    """The calls of one provider.

    Args:
        constructs: what makes components; None where there are only rows.
        engine: the engine's address.
    """

    def __init__(self, constructs: Constructs | None = None, engine: str = "") -> None:
        self._constructs, self._engine = constructs, engine
        self._links = Links({})
        self._reachable = False
        self._kinds: dict[str, Kind] = {}

    # The package

    def Handshake(  # noqa: N802, D102
        self,
        request: P.ProviderHandshakeRequest,  # noqa: ARG002
        context: Context,  # noqa: ARG002
    ) -> P.ProviderHandshakeResponse:
        return P.ProviderHandshakeResponse(accept_secrets=True, supports_autonaming_configuration=True)

    def Attach(self, request: plugin_pb2.PluginAttach, context: Context) -> empty_pb2.Empty:  # noqa: ARG002, N802, D102
        return empty_pb2.Empty()

    def GetPluginInfo(self, request: empty_pb2.Empty, context: Context) -> plugin_pb2.PluginInfo:  # noqa: ARG002, N802, D102
        return plugin_pb2.PluginInfo(version=version())

    def GetSchema(self, request: P.GetSchemaRequest, context: Context) -> P.GetSchemaResponse:  # noqa: ARG002, N802, D102
        return P.GetSchemaResponse(schema=schema())

    def GetMapping(self, request: P.GetMappingRequest, context: Context) -> P.GetMappingResponse:  # noqa: ARG002, N802, D102
        return P.GetMappingResponse()

    def GetMappings(self, request: P.GetMappingsRequest, context: Context) -> P.GetMappingsResponse:  # noqa: ARG002, N802, D102
        return P.GetMappingsResponse()

    def Cancel(self, request: empty_pb2.Empty, context: Context) -> empty_pb2.Empty:  # noqa: ARG002, N802, D102
        if self._constructs:
            self._constructs.cancel()
        close_all()
        return empty_pb2.Empty()

    # The provider's own configuration

    @_answering
    def CheckConfig(self, request: P.CheckRequest, context: Context) -> P.CheckResponse:  # noqa: ARG002, N802, D102
        wrong = settings.misnamed(request.news.fields)
        failures = [P.CheckFailure(property=name, reason=reason) for name, reason in wrong]
        return P.CheckResponse(inputs=request.news, failures=failures)

    @_answering
    def DiffConfig(self, request: P.DiffRequest, context: Context) -> P.DiffResponse:  # noqa: ARG002, N802, D102
        same = request.olds == request.news
        return P.DiffResponse(changes=P.DiffResponse.DIFF_NONE if same else P.DiffResponse.DIFF_SOME)

    @_answering
    def Configure(self, request: P.ConfigureRequest, context: Context) -> P.ConfigureResponse:  # noqa: ARG002, N802, D102
        given = decode(request.args, _SETTINGS)
        self._links = Links(settings.config(given.raw))
        self._reachable = UNKNOWN not in given.values.values()  # a preview may not know yet where a router is
        return P.ConfigureResponse(
            acceptSecrets=True,
            supportsPreview=True,
            acceptResources=False,
            acceptOutputs=True,  # of components' arguments alone: rows are sent plain values
            supports_autonaming_configuration=True,
        )

    # Resources

    @_answering
    def Check(self, request: P.CheckRequest, context: Context) -> P.CheckResponse:  # noqa: ARG002, N802, D102
        asked = urn(request.urn)
        kind = self._type(asked)
        olds, news = decode(request.olds, kind), decode(request.news, kind)
        given = dict(news.values)
        if kind.named and kind.named not in given:
            given[kind.named] = _name(request, asked)
        if kind.signed:
            given["tag"] = ownership.make(asked.project, asked.stack, asked.type, asked.name)
            given.pop(state.TAG, None)
        if odd := list(further.problems(kind, given)):
            checked, problems = given, odd
        else:
            before = state.shown(olds.values)
            if kind.signed and before:
                before.setdefault("tag", given["tag"])  # that an imported row isn't signed is no change
            checked, problems = self._kind(kind).check(self._links, before, given)
        if kind.signed and not problems and self._reachable:
            problems = alone.problems(self._links, kind, asked.name, checked, new=not olds.values)
        inputs = {name: news.raw.get(name, value) if value is UNKNOWN else value for name, value in checked.items()}
        return P.CheckResponse(
            inputs=encode(state.hidden(inputs) if kind.signed else inputs, kind, news.secret | kind.secrets),
            failures=[
                P.CheckFailure(property=_wire_path(one.property), reason=printable(one.reason)) for one in problems
            ],
        )

    @_answering
    def Diff(self, request: P.DiffRequest, context: Context) -> P.DiffResponse:  # noqa: ARG002, N802, D102
        asked = urn(request.urn)
        kind = self._type(asked)
        outputs, news = decode(request.olds, kind), decode(request.news, kind)
        before = decode(request.old_inputs, kind).raw if request.HasField("old_inputs") else outputs.raw
        replaces = self._kind(kind).replaces(_olds(kind, outputs), state.shown(news.values))
        found = _shown(kind, differences(_by_wire(kind, before), _by_wire(kind, news.raw)), outputs.values)
        if "__provider" in request.olds.fields:  # the dynamic front's: an update writes a state of this one
            found.append(Difference("__provider", Change.DELETE))
        ignored = {camel(top(path)) for path in request.ignoreChanges}
        found = [one for one in found if one.top not in ignored]
        again = {camel(name) for name in replaces}
        return P.DiffResponse(
            changes=P.DiffResponse.DIFF_SOME if found or again else P.DiffResponse.DIFF_NONE,
            replaces=sorted(again),
            deleteBeforeReplace=self._kind(kind).deleted_first,
            diffs=sorted({one.top for one in found}),
            detailedDiff={
                one.path: P.PropertyDiff(kind=_KINDS[one.change][one.top in again], inputDiff=True) for one in found
            },
            hasDetailedDiff=True,
        )

    @_answering
    def Create(self, request: P.CreateRequest, context: Context) -> P.CreateResponse:  # noqa: ARG002, N802, D102
        kind = self._type(urn(request.urn))
        news = decode(request.properties, kind)
        given, secret = state.shown(news.values), news.secret | kind.secrets
        if request.preview:
            return P.CreateResponse(properties=encode(state.foreseen(kind, given), kind, secret, outputs=True))
        made = self._kind(kind).create(self._links, given)
        return P.CreateResponse(id=stored(made.id), properties=encode(made.outputs, kind, secret, outputs=True))

    @_answering
    def Update(self, request: P.UpdateRequest, context: Context) -> P.UpdateResponse:  # noqa: ARG002, N802, D102
        kind = self._type(urn(request.urn))
        outputs, news = decode(request.olds, kind), decode(request.news, kind)
        given, secret = state.shown(news.values), news.secret | kind.secrets
        olds = _olds(kind, outputs)
        if request.preview:
            return P.UpdateResponse(properties=encode(state.foreseen(kind, given, olds), kind, secret, outputs=True))
        made = self._kind(kind).update(self._links, restored(request.id), olds, given)
        return P.UpdateResponse(properties=encode(made, kind, secret, outputs=True))

    @_answering
    def Read(self, request: P.ReadRequest, context: Context) -> P.ReadResponse:  # noqa: ARG002, N802, D102
        kind = self._type(urn(request.urn))
        outputs, inputs = decode(request.properties, kind), decode(request.inputs, kind)
        secret = outputs.secret | inputs.secret | kind.secrets
        id_ = restored(request.id)
        if kind.signed and DECLARED not in outputs.values and not outputs.values.get("tag"):
            found = importing.read(self._kind(kind), self._links, kind, id_, outputs.values or inputs.values)
            if found is None:
                return P.ReadResponse()
            seen, said = found
            return P.ReadResponse(
                id=stored(id_),
                properties=encode(seen, kind, secret, outputs=True),
                inputs=encode(said, kind, secret),
            )
        olds = _olds(kind, outputs)
        there = self._kind(kind).read(self._links, id_, olds)
        if there is None:
            return P.ReadResponse()
        now = inputs.raw if there.inputs is None else there.inputs
        kept = state.hidden(now) if kind.signed else now
        seen = there.outputs
        if state.unsigned(kind, outputs.values):
            kept = {name: value for name, value in kept.items() if name != state.TAG}
            seen = {name: value for name, value in seen.items() if name != "tag"}
        return P.ReadResponse(
            id=stored(there.id),
            properties=encode(seen, kind, secret, outputs=True),
            inputs=encode(kept, kind, secret),
        )

    @_answering
    def Delete(self, request: P.DeleteRequest, context: Context) -> empty_pb2.Empty:  # noqa: ARG002, N802, D102
        kind = self._type(urn(request.urn))
        olds = _olds(kind, decode(request.properties, kind))
        self._kind(kind).delete(self._links, restored(request.id), olds)
        return empty_pb2.Empty()

    @_answering
    def Construct(self, request: P.ConstructRequest, context: Context) -> P.ConstructResponse:  # noqa: ARG002, N802, D102
        if self._constructs is None:
            raise RowError(
                "wiretik", request.type, request.name, "run `wiretik plugin install` again: it has rows alone"
            )
        return self._constructs.make(self._engine, request)

    # What the calls share

    def partly(self, asked: Urn, error: PartlyDone) -> P.ErrorResourceInitFailed:
        """What there is of a list or a block of which a part was made, for the state."""
        kind = self._type(asked)
        kept = {name: value for name, value in error.outputs.items() if name == "tag" or not name.startswith("__")}
        return P.ErrorResourceInitFailed(
            id=stored(error.id),
            properties=encode(error.outputs, kind, kind.secrets, outputs=True),
            inputs=encode(state.hidden(kept), kind, kind.secrets),
            reasons=[printable(str(error))],
        )

    def _type(self, asked: Urn) -> Type:
        found = type_named(asked.type)
        if found is None:
            raise RowError("wiretik", asked.type, asked.name, "this version of the plugin has no such type")
        return found

    def _kind(self, of: Type) -> Kind:
        if of.kind not in self._kinds:
            self._kinds[of.kind] = kind_named(of.kind)  # another thread's is as good: kinds hold no state
        return self._kinds[of.kind]


_SETTINGS: Final = Type("settings")


def _olds(kind: Type, outputs: Given) -> dict[str, Any]:
    """A resource's outputs as the kinds know them: an imported row has nobody's tag."""
    return {**({"tag": ""} if kind.signed else {}), **outputs.values}


def _name(request: P.CheckRequest, asked: Urn) -> str:
    """What a program doesn't name is called as its resource, unless the project says how names are made."""
    proposed = request.autonaming.proposed_name
    return proposed if proposed and request.autonaming.mode == 1 else asked.name


def _wire_path(path: str) -> str:
    head, dot, rest = path.partition(".")
    return camel(head) + dot + rest


def _by_wire(kind: Type, props: Mapping[str, Any]) -> dict[str, Any]:
    """Inputs by the wire's names, so that paths of differences are a program's; whose a row is among them."""
    found = state.hidden(props) if kind.signed else dict(props)
    if kind.rules and "rules" in found:
        found["rules"] = renamed_rules(found["rules"], camel)
    return {camel(name): value for name, value in found.items()}


def _shown(kind: Type, found: Iterable[Difference], outputs: Mapping[str, Any]) -> list[Difference]:
    """The differences that make an update: of hidden inputs only whose a row is, once it is signed."""
    signed = not state.unsigned(kind, outputs)
    shown = []
    for one in found:
        if one.path == state.TAG and kind.signed:
            if signed:
                shown.append(one._replace(path="tag"))
        elif not one.path.startswith("__"):
            shown.append(one)
    return shown


@functools.cache
def schema() -> str:
    """The package's schema, which `make generate` writes, with the version."""
    text = resources.files("wiretik_provider.plugin").joinpath("schema.json").read_text("utf-8")
    return json.dumps({**json.loads(text), "version": version()})
