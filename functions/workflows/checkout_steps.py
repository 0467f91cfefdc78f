"""Which Lambda runs the steps of the checkout machine?"""

from chalicelib.checkout.steps import checkout

handler = checkout.handler
