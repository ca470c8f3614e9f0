"""Transforms: functions of the program that may change a resource before it is registered.

The program serves them itself; each is called with properties and options and answers with changed ones. A resource's
own come first, then those of its parents, then the stack's.
"""

import threading
from collections.abc import Iterator
from typing import cast

import grpc
from google.protobuf import struct_pb2
from google.protobuf.message import Message
from pulumi.runtime.proto import callback_pb2, callback_pb2_grpc, resource_pb2
from pulumi.runtime.proto.callback_pb2 import Callback
from pulumi.runtime.proto.resource_pb2 import RegisterResourceRequest as Request
from pulumi.runtime.proto.resource_pb2 import TransformResourceOptions

from wiretik.engine.errors import EngineError
from wiretik.engine.values import OUTPUT_SIG, SIG_KEY, from_struct, to_struct

# Fields of a registration that an option stands for, where the names differ.
_LISTS = {
    "dependencies": "depends_on",
    "ignoreChanges": "ignore_changes",
    "replaceOnChanges": "replace_on_changes",
    "additionalSecretOutputs": "additional_secret_outputs",
    "aliases": "aliases",
    "hideDiffs": "hide_diff",
    "replace_with": "replace_with",
}
_TEXTS = {
    "version": "version",
    "provider": "provider",
    "pluginDownloadURL": "plugin_download_url",
    "deletedWith": "deleted_with",
    "importId": "import",
}
_FLAGS = {"protect": "protect", "retainOnDelete": "retain_on_delete"}


class Transforms:
    """The transforms of one program."""

    def __init__(self) -> None:
        self._stack: list[Callback] = []
        self._own: dict[str, list[Callback]] = {}
        self._parents: dict[str, str] = {}
        self._stubs: dict[str, tuple[grpc.Channel, callback_pb2_grpc.CallbacksStub]] = {}
        self._lock = threading.Lock()

    def add(self, callback: Callback) -> None:
        """Add a transform for every resource that comes after it."""
        with self._lock:
            self._stack.append(callback)

    def know(self, urn: str, request: Request) -> None:
        """Keep a resource's transforms for its children."""
        with self._lock:
            self._own[urn] = list(request.transforms)
            self._parents[urn] = request.parent

    def close(self) -> None:
        """Hang up."""
        for channel, _ in self._stubs.values():
            channel.close()

    def apply(self, request: Request) -> Request:
        """The request as the transforms want it.

        Raises:
            EngineError: A transform failed.
        """
        callbacks = [*request.transforms, *self._inherited(request.parent), *self._stack]
        if not callbacks:
            return request
        changed = Request()
        changed.CopyFrom(request)
        for callback in callbacks:
            self._call(callback, changed)
        return changed

    def _inherited(self, parent: str) -> Iterator[Callback]:
        while parent:
            yield from self._own.get(parent, ())
            parent = self._parents.get(parent, "")

    def _call(self, callback: Callback, request: Request) -> None:
        question = resource_pb2.TransformRequest(
            type=request.type,
            name=request.name,
            custom=request.custom,
            parent=request.parent,
            properties=request.object,
            options=_options(request),
        )
        try:
            answered = self._stub(callback.target).Invoke(
                callback_pb2.CallbackInvokeRequest(token=callback.token, request=question.SerializeToString())
            )
        except grpc.RpcError as err:
            raise EngineError(f"a transform failed: {err.details()}") from err
        answer = resource_pb2.TransformResponse()
        answer.ParseFromString(answered.response)
        if answer.HasField("options"):
            _take_options(request, answer.options)
        if answer.HasField("properties"):
            for key, urns in _dependencies(answer.properties):
                known = request.propertyDependencies[key].urns
                known.extend(urn for urn in urns if urn not in known)
                request.dependencies.extend(urn for urn in urns if urn not in request.dependencies)
            request.object.CopyFrom(to_struct(from_struct(answer.properties)))

    def _stub(self, target: str) -> callback_pb2_grpc.CallbacksStub:
        with self._lock:
            if target not in self._stubs:
                channel = grpc.insecure_channel(target)
                self._stubs[target] = channel, callback_pb2_grpc.CallbacksStub(channel)
            return self._stubs[target][1]


def _options(request: Request) -> TransformResourceOptions:
    options = TransformResourceOptions()
    fields = cast(Message, request)  # by names: its own class spells them out one by one
    for field, option in _LISTS.items():
        getattr(options, option).extend(getattr(request, field))
    for field, option in _TEXTS.items():
        setattr(options, option, getattr(request, field))
    for field, option in _FLAGS.items():
        if fields.HasField(field):
            setattr(options, option, getattr(request, field))
    if request.deleteBeforeReplaceDefined:
        options.delete_before_replace = request.deleteBeforeReplace
    if request.HasField("customTimeouts"):
        options.custom_timeouts.CopyFrom(request.customTimeouts)
    return options


def _take_options(request: Request, options: TransformResourceOptions) -> None:
    fields = cast(Message, request)  # by names: its own class spells them out one by one
    told = cast(Message, options)
    for field, option in _LISTS.items():
        fields.ClearField(field)
        getattr(request, field).extend(getattr(options, option))
    for field, option in _TEXTS.items():
        setattr(request, field, getattr(options, option))
    for field, option in _FLAGS.items():
        fields.ClearField(field)
        if told.HasField(option):
            setattr(request, field, getattr(options, option))
    request.deleteBeforeReplaceDefined = options.HasField("delete_before_replace")
    request.deleteBeforeReplace = options.delete_before_replace
    request.ClearField("customTimeouts")
    if options.HasField("custom_timeouts"):
        request.customTimeouts.CopyFrom(options.custom_timeouts)


def _dependencies(properties: struct_pb2.Struct) -> Iterator[tuple[str, list[str]]]:
    """The URNs that a transform's answer names beside its values."""
    for key, value in properties.fields.items():
        yield key, list(_urns(value))


def _urns(value: struct_pb2.Value) -> Iterator[str]:
    match value.WhichOneof("kind"):
        case "list_value":
            for item in value.list_value.values:
                yield from _urns(item)
        case "struct_value":
            fields = value.struct_value.fields
            if fields[SIG_KEY].string_value == OUTPUT_SIG if SIG_KEY in fields else False:
                yield from (item.string_value for item in fields["dependencies"].list_value.values)
            for item in fields.values():
                yield from _urns(item)
        case _:
            return
