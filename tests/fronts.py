"""The second front as Pulumi's engine meets it: what it keeps of a resource, and the calls in its order."""

from types import SimpleNamespace

from google.protobuf import struct_pb2
from pulumi.runtime.proto import provider_pb2 as P  # noqa: N812

from wiretik_provider.plugin.names import token, type_named
from wiretik_provider.plugin.wire import decode, encode


def urn(type_, name, stack="lab"):
    return f"urn:pulumi:{stack}::site::{token(type_)}::{name}"


class Front:
    """The engine's side of one provider: what it keeps of a resource, and the calls in its order."""

    def __init__(self, stub):
        self.stub = stub

    def check(self, type_, name, olds=None, /, **given):
        return self.stub.Check(self.request(type_, name, encode(given, type_named(type_), ()), olds))

    def request(self, type_, name, news, olds=None):
        olds = olds.inputs if olds else struct_pb2.Struct()
        return P.CheckRequest(urn=urn(type_, name), olds=olds, news=news)

    def up(self, type_, name, kept=None, preview=False, /, **given):
        """Check, diff, and whatever follows; what is kept then, and None where nothing is to be done."""
        checked = self.check(type_, name, kept, **given)
        assert not checked.failures, checked.failures
        if kept is None:
            made = self.stub.Create(P.CreateRequest(urn=urn(type_, name), properties=checked.inputs, preview=preview))
            return SimpleNamespace(type=type_, name=name, id=made.id, inputs=checked.inputs, outputs=made.properties)
        if self.diff(kept, checked.inputs).changes == P.DiffResponse.DIFF_NONE:
            return None
        request = P.UpdateRequest(
            id=kept.id, urn=urn(type_, name), olds=kept.outputs, old_inputs=kept.inputs, news=checked.inputs
        )
        done = self.stub.Update(request)
        return SimpleNamespace(type=type_, name=name, id=kept.id, inputs=checked.inputs, outputs=done.properties)

    def diff(self, kept, news):
        return self.stub.Diff(
            P.DiffRequest(
                id=kept.id, urn=urn(kept.type, kept.name), olds=kept.outputs, old_inputs=kept.inputs, news=news
            )
        )

    def read(self, type_, name, id_, kept=None):
        request = P.ReadRequest(id=id_, urn=urn(type_, name))
        if kept:
            request.inputs.CopyFrom(kept.inputs)
            request.properties.CopyFrom(kept.outputs)
        seen = self.stub.Read(request)
        if not seen.id:
            return None
        return SimpleNamespace(type=type_, name=name, id=seen.id, inputs=seen.inputs, outputs=seen.properties)

    def delete(self, kept):
        self.stub.Delete(
            P.DeleteRequest(id=kept.id, urn=urn(kept.type, kept.name), properties=kept.outputs, old_inputs=kept.inputs)
        )


def values(kept, part="outputs"):
    return decode(getattr(kept, part), type_named(kept.type)).values
