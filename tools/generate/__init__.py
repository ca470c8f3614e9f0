"""Writes what follows from the menus' descriptors: the SDK's typed classes and the reference pages.

The rule: text is made by pure functions of descriptors and of `layout`, which says in which module a class stands and
what its example is. A test holds what is checked in equal to what they make.
"""
